/* A disk that can be watched and filled up: preloaded before libc, inert until told what to do.

   journal_to(path, prefix): from now on every open, write, truncation, sync and removal of a file below the prefix is
   written down, in order, with what was written. space(n, prefix): below the prefix n more bytes can be written, then
   the disk is full; -1: there is room again. Nothing here knows SQLite. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 4096

enum { OPENED = 1, WRITTEN, TRUNCATED, SYNCED, REMOVED };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;
static char journal_prefix[512], space_prefix[512];
static int64_t left = -1;
static uint32_t number_of[MOST]; /* of the file behind a descriptor; 0: not watched */
static char bounded[MOST];       /* whether the descriptor's file counts against the space */
static uint32_t files;

static void note(uint8_t what, uint32_t file, int64_t offset, const void *data, uint32_t length) {
    struct __attribute__((packed)) { uint8_t what; uint32_t file; int64_t offset; uint32_t length; } head = {
        what, file, offset, length};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, length}};
    if (journal >= 0) syscall(SYS_writev, journal, parts, 2);
}

void journal_to(const char *path, const char *prefix) {
    strncpy(journal_prefix, prefix, sizeof journal_prefix - 1);
    journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

void space(int64_t bytes, const char *prefix) {
    pthread_mutex_lock(&lock);
    strncpy(space_prefix, prefix, sizeof space_prefix - 1);
    left = bytes;
    pthread_mutex_unlock(&lock);
}

int64_t space_left(void) { return left; }

/* A marker of the program's own in the journal: so much had been promised by now. */
void mark(int64_t number) {
    pthread_mutex_lock(&lock);
    note(WRITTEN, 0, number, "", 0);
    pthread_mutex_unlock(&lock);
}

static int below(const char *path, const char *prefix) { return *prefix && strncmp(path, prefix, strlen(prefix)) == 0; }

static int opened(int fd, const char *path, int flags, int existed) {
    if (fd < 0 || fd >= MOST) return fd;
    number_of[fd] = 0;
    bounded[fd] = below(path, space_prefix);
    if (journal >= 0 && below(path, journal_prefix)) {
        int keep = errno;
        pthread_mutex_lock(&lock);
        number_of[fd] = ++files;
        note(OPENED, files, (existed ? 0 : 1) | (flags & O_TRUNC ? 2 : 0), path, (uint32_t)strlen(path));
        pthread_mutex_unlock(&lock);
        errno = keep;
    }
    return fd;
}

static int open_really(int dir, const char *path, int flags, mode_t mode) {
    int watched = below(path, journal_prefix) || below(path, space_prefix);
    int existed = watched ? syscall(SYS_faccessat, dir, path, F_OK) == 0 : 1;
    return opened((int)syscall(SYS_openat, dir, path, flags, mode), path, flags, existed);
}

#define OPEN(name, at)                                                                   \
    int name(const char *path, int flags, ...) {                                         \
        mode_t mode = 0;                                                                 \
        if (flags & (O_CREAT | O_TMPFILE)) {                                             \
            va_list rest;                                                                \
            va_start(rest, flags);                                                       \
            mode = va_arg(rest, mode_t);                                                 \
            va_end(rest);                                                                \
        }                                                                                \
        return open_really(at, path, flags, mode);                                       \
    }
OPEN(open, AT_FDCWD)
OPEN(open64, AT_FDCWD)

#define OPENAT(name)                                                                     \
    int name(int dir, const char *path, int flags, ...) {                                \
        mode_t mode = 0;                                                                 \
        if (flags & (O_CREAT | O_TMPFILE)) {                                             \
            va_list rest;                                                                \
            va_start(rest, flags);                                                       \
            mode = va_arg(rest, mode_t);                                                 \
            va_end(rest);                                                                \
        }                                                                                \
        return open_really(dir, path, flags, mode);                                      \
    }
OPENAT(openat)
OPENAT(openat64)

int __open_2(const char *path, int flags) { return open_really(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_really(AT_FDCWD, path, flags, 0); }

int close(int fd) {
    if (fd >= 0 && fd < MOST) number_of[fd] = 0, bounded[fd] = 0;
    return (int)syscall(SYS_close, fd);
}

/* How much of a write the disk takes; -1 when it is full. */
static ssize_t room_for(int fd, size_t length) {
    if (left < 0 || fd < 0 || fd >= MOST || !bounded[fd] || length == 0) return (ssize_t)length;
    if (left == 0) return errno = ENOSPC, -1;
    return (ssize_t)((int64_t)length > left ? left : (int64_t)length);
}

static void took(int fd, ssize_t written) {
    if (written > 0 && left > 0 && fd >= 0 && fd < MOST && bounded[fd]) left -= written;
}

static ssize_t write_really(int fd, const void *data, size_t length, int64_t at, int seek) {
    int watched = fd >= 0 && fd < MOST && (number_of[fd] || bounded[fd]);
    if (!watched) return seek ? syscall(SYS_pwrite64, fd, data, length, at) : syscall(SYS_write, fd, data, length);
    pthread_mutex_lock(&lock);
    if (!seek) at = (int64_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
    ssize_t fits = room_for(fd, length), written = -1;
    if (fits >= 0) {
        written = seek ? syscall(SYS_pwrite64, fd, data, fits, at) : syscall(SYS_write, fd, data, fits);
        took(fd, written);
        if (written > 0 && number_of[fd]) note(WRITTEN, number_of[fd], at, data, (uint32_t)written);
    }
    int keep = errno;
    pthread_mutex_unlock(&lock);
    errno = keep;
    return written;
}

ssize_t write(int fd, const void *data, size_t length) { return write_really(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return write_really(fd, data, length, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return write_really(fd, data, length, at, 1); }

static int synced(int fd, long call) {
    int done = (int)syscall(call, fd);
    if (done == 0 && fd >= 0 && fd < MOST && number_of[fd]) {
        pthread_mutex_lock(&lock);
        note(SYNCED, number_of[fd], 0, "", 0);
        pthread_mutex_unlock(&lock);
    }
    return done;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int truncated(int fd, int64_t length) {
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (done == 0 && fd >= 0 && fd < MOST && number_of[fd]) {
        pthread_mutex_lock(&lock);
        note(TRUNCATED, number_of[fd], length, "", 0);
        pthread_mutex_unlock(&lock);
    }
    return done;
}

int ftruncate(int fd, off_t length) { return truncated(fd, length); }
int ftruncate64(int fd, off64_t length) { return truncated(fd, length); }

int fallocate(int fd, int mode, off_t at, off_t length) {
    if (left == 0 && fd >= 0 && fd < MOST && bounded[fd]) return errno = ENOSPC, -1;
    return (int)syscall(SYS_fallocate, fd, mode, at, length);
}

int unlink(const char *path) {
    int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0 && journal >= 0 && below(path, journal_prefix)) {
        pthread_mutex_lock(&lock);
        note(REMOVED, 0, 0, path, (uint32_t)strlen(path));
        pthread_mutex_unlock(&lock);
    }
    return done;
}
