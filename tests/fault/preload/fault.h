/* What the two halves of the library share: see fault.c. */
#ifndef BANTIN_FAULT_H
#define BANTIN_FAULT_H

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

/* libc's own function of that name. */
void *real(const char *name);

/* The path of an open file; 0 if it has none. `path` has room for PATH_MAX. */
int path_of(int fd, char *path);

/* Notes what is in `fd` at `at` (-1: where it stands) before `length` bytes are changed there. */
void undo_note(int fd, const char *path, off_t at, size_t length);
/* Notes that a file appears. */
void undo_made(const char *path);
/* Notes that a file moves. */
void undo_move(const char *from, const char *to);
/* `fd` was synced: what was noted of it stays done; of a folder, the names in it. */
void undo_forget(int fd, const char *path);
/* Takes back everything that was noted and not forgotten, newest first. */
void undo_all(void);

#endif
