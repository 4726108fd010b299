/* A library for LD_PRELOAD that makes a disk fail on purpose.
 *
 * It stands between a program and libc for everything that changes files below one folder, counts these
 * calls over all processes that share a counter file, and at the N-th does one thing: fails it, kills the
 * process, or cuts the power. The stories that use it are in tests/fault; docs/soak.md explains them.
 *
 *   BANTIN_FAULT_DIR    folder whose files count (absolute)
 *   BANTIN_FAULT_COUNT  file of 8 bytes that holds the count; made if it is missing
 *   BANTIN_FAULT_ON     "write", "sync" or "all": which calls count
 *   BANTIN_FAULT_AT     the call at which it happens, from 1; 0 only counts; "exit": as the process ends
 *   BANTIN_FAULT_DO     "enospc", "eio", "before", "after", "inside" or "power"
 *   BANTIN_FAULT_STAY   "1": enospc and eio hold from then on
 *   BANTIN_FAULT_LIE    "1": syncs are answered but not done (a planted bug; only "power" can tell)
 *
 * A kill leaves what the process wrote in the page cache, so it proves the order of writes, not that a
 * sync came before an acknowledgement. "power" does: what was not synced is taken back (undo.c) before
 * the process is killed. C, because a Rust library would bring a second runtime into the program.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "fault.h"

enum deed { NOTHING, FAIL, BEFORE, AFTER, INSIDE, POWER };

static struct {
    char dir[PATH_MAX];
    size_t dir_len;
    _Atomic uint64_t *count;
    uint64_t at;
    int writes, syncs, stay, lie, error, at_exit;
    enum deed deed;
} plan;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* Set while this thread is inside: what the library does itself is nobody's write. */
static __thread int busy;

#define REAL(name) ((__typeof__(&name))real(#name))

void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static const char *said(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static void begin(void) {
    const char *on = said("BANTIN_FAULT_ON"), *what = said("BANTIN_FAULT_DO");
    if (!realpath(said("BANTIN_FAULT_DIR"), plan.dir)) return;
    plan.dir_len = strlen(plan.dir);
    plan.writes = strcmp(on, "sync") != 0;
    plan.syncs = strcmp(on, "write") != 0;
    plan.stay = !strcmp(said("BANTIN_FAULT_STAY"), "1");
    plan.lie = !strcmp(said("BANTIN_FAULT_LIE"), "1");
    plan.at_exit = !strcmp(said("BANTIN_FAULT_AT"), "exit");
    plan.at = strtoull(said("BANTIN_FAULT_AT"), NULL, 10);
    plan.deed = !strcmp(what, "enospc") || !strcmp(what, "eio") ? FAIL
              : !strcmp(what, "before") ? BEFORE
              : !strcmp(what, "after") ? AFTER
              : !strcmp(what, "inside") ? INSIDE
              : !strcmp(what, "power") ? POWER : NOTHING;
    plan.error = !strcmp(what, "eio") ? EIO : ENOSPC;
    int file = REAL(open)(said("BANTIN_FAULT_COUNT"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (REAL(ftruncate)(file, sizeof(uint64_t)) == 0) {
        void *shared = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (shared != MAP_FAILED) plan.count = shared;
    }
    close(file);
}

/* Whether a path counts. SQLite's -shm is no durable file: it is rebuilt. */
static int counts(const char *path) {
    if (busy) return 0;
    size_t length = strlen(path);
    if (length > 4 && !strcmp(path + length - 4, "-shm")) return 0;
    return plan.count && !strncmp(path, plan.dir, plan.dir_len) &&
           (path[plan.dir_len] == '/' || !path[plan.dir_len]);
}

int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

/* The path of `name` below directory `at`; false if it does not count. */
static int named(int at, const char *name, char *path) {
    if (name[0] == '/') snprintf(path, PATH_MAX, "%s", name);
    else {
        char folder[PATH_MAX];
        if (at == AT_FDCWD ? !getcwd(folder, sizeof folder) : !path_of(at, folder)) return 0;
        size_t used = strlen(folder);
        if (used + 1 + strlen(name) >= PATH_MAX) return 0;
        memcpy(path, folder, used);
        path[used] = '/';
        strcpy(path + used + 1, name);
    }
    return counts(path);
}

static int ours(int fd, char *path) {
    int before = errno;
    pthread_once(&once, begin);
    int is = plan.count && path_of(fd, path) && counts(path);
    errno = before;
    return is;
}

static void enter(void) {
    pthread_mutex_lock(&lock);
    busy = 1;
}

static void leave(void) {
    int kept = errno;
    busy = 0;
    pthread_mutex_unlock(&lock);
    errno = kept;
}

static void die(void) {
    if (plan.deed == POWER) undo_all();
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* The power goes right after the last word: what the program said must be on the disk already. */
__attribute__((destructor)) static void ending(void) {
    if (!plan.count || plan.deed != POWER || !plan.at_exit) return;
    enter();
    undo_all();
}

/* Counts one call. What is to be done with it; FAIL sets errno. Called with the lock held. */
static enum deed turn(int is_sync) {
    if (is_sync ? !plan.syncs : !plan.writes) return NOTHING;
    uint64_t now = ++*plan.count;
    if (!plan.at || now < plan.at || (now > plan.at && !plan.stay)) return NOTHING;
    if (plan.deed == FAIL) errno = plan.error;
    if (plan.deed == BEFORE || plan.deed == POWER) die();
    return plan.deed;
}

/* Around a call that writes `length` bytes; `half` writes the first half of them. */
#define WRITING(fd, offset, length, whole, half) \
    do { \
        char path[PATH_MAX]; \
        if (!ours(fd, path)) return whole; \
        enter(); \
        enum deed deed = turn(0); \
        __typeof__(whole) result = -1; \
        if (deed != FAIL) { \
            if (plan.deed == POWER) undo_note(fd, path, offset, length); \
            if (deed == INSIDE) { (void)!(half); die(); } \
            result = whole; \
            if (deed == AFTER) die(); \
        } \
        leave(); \
        return result; \
    } while (0)

static size_t total(const struct iovec *parts, int count) {
    size_t sum = 0;
    for (int i = 0; i < count; i++) sum += parts[i].iov_len;
    return sum;
}

ssize_t write(int fd, const void *from, size_t n) {
    WRITING(fd, -1, n, REAL(write)(fd, from, n), REAL(write)(fd, from, n / 2));
}

ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
    WRITING(fd, at, n, REAL(pwrite)(fd, from, n, at), REAL(pwrite)(fd, from, n / 2, at));
}

ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
    WRITING(fd, at, n, REAL(pwrite64)(fd, from, n, at), REAL(pwrite64)(fd, from, n / 2, at));
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    WRITING(fd, -1, total(parts, count), REAL(writev)(fd, parts, count), REAL(writev)(fd, parts, count / 2));
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    WRITING(fd, at, total(parts, count), REAL(pwritev)(fd, parts, count, at),
            REAL(pwritev)(fd, parts, count / 2, at));
}

ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t n, unsigned flags) {
    WRITING(out, out_at ? *out_at : -1, n, REAL(copy_file_range)(in, in_at, out, out_at, n, flags),
            REAL(copy_file_range)(in, in_at, out, out_at, n / 2, flags));
}

int ftruncate(int fd, off_t size) {
    WRITING(fd, 0, SIZE_MAX, REAL(ftruncate)(fd, size), 0);
}

int ftruncate64(int fd, off64_t size) {
    WRITING(fd, 0, SIZE_MAX, REAL(ftruncate64)(fd, size), 0);
}

#define SYNCING(fd, name) \
    do { \
        char path[PATH_MAX]; \
        if (!ours(fd, path)) return REAL(name)(fd); \
        enter(); \
        enum deed deed = turn(1); \
        int result = -1; \
        if (deed != FAIL) { \
            if (deed == INSIDE) die(); \
            result = plan.lie ? 0 : REAL(name)(fd); \
            if (!plan.lie && plan.deed == POWER) undo_forget(fd, path); \
            if (deed == AFTER) die(); \
        } \
        leave(); \
        return result; \
    } while (0)

int fsync(int fd) { SYNCING(fd, fsync); }
int fdatasync(int fd) { SYNCING(fd, fdatasync); }

static int moved(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    return flags ? REAL(renameat2)(from_at, from, to_at, to, flags) : REAL(renameat)(from_at, from, to_at, to);
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char source[PATH_MAX], target[PATH_MAX];
    pthread_once(&once, begin);
    if (!named(to_at, to, target) || !named(from_at, from, source)) return moved(from_at, from, to_at, to, flags);
    enter();
    enum deed deed = turn(0);
    int result = -1;
    if (deed != FAIL) {
        if (deed == INSIDE) die();
        if (plan.deed == POWER) undo_move(source, target);
        result = moved(from_at, from, to_at, to, flags);
        if (deed == AFTER) die();
    }
    leave();
    return result;
}

int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renameat2(a, from, b, to, 0); }

/* Notes all that is in a file which is about to be opened empty. */
static void emptied(const char *path) {
    enter();
    int fd = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        undo_note(fd, path, 0, SIZE_MAX);
        close(fd);
    }
    leave();
}

/* A file that appears is a change too: without its folder's sync it is gone when the power is. */
#define OPENING(call) \
    do { \
        mode_t mode = 0; \
        char target[PATH_MAX]; \
        pthread_once(&once, begin); \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        int known = (flags & (O_CREAT | O_TRUNC)) && named(folder, name, target); \
        int there = known && access(target, F_OK) == 0; \
        if (there && (flags & O_TRUNC) && plan.deed == POWER) emptied(target); \
        if (!known || there || !(flags & O_CREAT)) return call; \
        enter(); \
        enum deed deed = turn(0); \
        int fd = -1; \
        if (deed != FAIL) { \
            if (deed == INSIDE) die(); \
            fd = call; \
            if (fd >= 0 && plan.deed == POWER) undo_made(target); \
            if (deed == AFTER) die(); \
        } \
        leave(); \
        return fd; \
    } while (0)

int open(const char *name, int flags, ...) {
    int folder = AT_FDCWD;
    OPENING(REAL(open)(name, flags, mode));
}

int open64(const char *name, int flags, ...) {
    int folder = AT_FDCWD;
    OPENING(REAL(open64)(name, flags, mode));
}

int openat(int folder, const char *name, int flags, ...) {
    OPENING(REAL(openat)(folder, name, flags, mode));
}

int openat64(int folder, const char *name, int flags, ...) {
    OPENING(REAL(openat64)(folder, name, flags, mode));
}
