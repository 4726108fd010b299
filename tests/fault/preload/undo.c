/* What a power cut takes: everything this process changed and did not sync, newest first.
 *
 * Bytes come back when their file was not synced, names when their folder was not. A file that replaced
 * another by a move is kept as a second name beside it until the folder is synced. The caller holds the
 * library's lock. Memory that cannot be had ends the process: a wrong undo would prove nothing.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"

enum kind { BYTES, MADE, MOVED };

struct note {
    enum kind kind;
    int done; /* Synced: nothing to take back. */
    dev_t device;
    ino_t file;
    char *path, *other;
    off_t size, at;
    size_t length;
    char *bytes;
    struct note *before;
};

static struct note *newest;

static void *room(size_t bytes) {
    void *place = calloc(1, bytes ? bytes : 1);
    if (!place) abort();
    return place;
}

static char *copy(const char *text) {
    char *made = strdup(text);
    if (!made) abort();
    return made;
}

static struct note *note(enum kind kind, const char *path) {
    struct note *made = room(sizeof *made);
    made->kind = kind;
    made->path = copy(path);
    made->before = newest;
    newest = made;
    return made;
}

void undo_note(int fd, const char *path, off_t at, size_t length) {
    struct stat now;
    if (fstat(fd, &now) || !S_ISREG(now.st_mode)) return;
    if (at < 0) at = (fcntl(fd, F_GETFL) & O_APPEND) ? now.st_size : lseek(fd, 0, SEEK_CUR);
    struct note *made = note(BYTES, path);
    made->device = now.st_dev;
    made->file = now.st_ino;
    made->size = now.st_size;
    made->at = at;
    made->length = at >= now.st_size ? 0 : (size_t)(now.st_size - at);
    if (made->length > length) made->length = length;
    made->bytes = room(made->length);
    /* The program may have opened it for writing only. */
    int reading = open(path, O_RDONLY | O_CLOEXEC);
    if (reading < 0) { made->done = 1; return; }
    if (pread(reading, made->bytes, made->length, at) != (ssize_t)made->length) abort();
    close(reading);
}

void undo_made(const char *path) { note(MADE, path); }

void undo_move(const char *from, const char *to) {
    struct note *made = note(MOVED, to);
    char kept[PATH_MAX + 16];
    made->other = copy(from);
    for (struct note *at = made->before; at; at = at->before)
        if (at->kind == BYTES && !strcmp(at->path, from)) at->other = copy(to);
    if (access(to, F_OK)) return;
    snprintf(kept, sizeof kept, "%s.replaced", to);
    unlink(kept);
    if (link(to, kept)) abort();
    made->bytes = copy(kept);
}

static int inside(const char *path, const char *folder) {
    size_t length = strlen(folder);
    const char *last = strrchr(path, '/');
    return last && (size_t)(last - path) == length && !strncmp(path, folder, length);
}

void undo_forget(int fd, const char *path) {
    struct stat now;
    if (fstat(fd, &now)) return;
    int folder = S_ISDIR(now.st_mode);
    for (struct note *at = newest; at; at = at->before) {
        int bytes = at->kind == BYTES && at->device == now.st_dev && at->file == now.st_ino;
        int name = folder && at->kind != BYTES && inside(at->path, path);
        if (!at->done && name && at->kind == MOVED && at->bytes) unlink(at->bytes);
        at->done |= bytes || name;
    }
}

/* False if the file is not at `path`: it may have been moved. */
static int give_back(struct note *at, const char *path) {
    struct stat now;
    int fd = path ? open(path, O_WRONLY | O_CLOEXEC) : -1;
    if (fd < 0) return 0;
    int same = !fstat(fd, &now) && now.st_ino == at->file && now.st_dev == at->device;
    if (same && pwrite(fd, at->bytes, at->length, at->at) != (ssize_t)at->length) abort();
    if (same && ftruncate(fd, at->size)) abort();
    close(fd);
    return same;
}

void undo_all(void) {
    for (struct note *at = newest; at; at = at->before) {
        if (at->done) continue;
        switch (at->kind) {
        case BYTES: (void)(give_back(at, at->path) || give_back(at, at->other)); break;
        case MADE: unlink(at->path); break;
        case MOVED:
            rename(at->path, at->other);
            if (at->bytes) rename(at->bytes, at->path);
        }
    }
}
