/* Loaded before the C library: one call of a kind is refused, the Nth that touches the file system.
 * OBSERVATOIRE_REFUS=kind:N (fsync, rename, mkdir, write, open, unlink); OBSERVATOIRE_COMPTE=file says
 * how many there were, one line a kind. Standard streams are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FSYNC, RENAME, MKDIR, WRITE, OPEN, UNLINK, KINDS };
static const char *const NAMES[KINDS] = {"fsync", "rename", "mkdir", "write", "open", "unlink"};
static atomic_long counts[KINDS];
static int wanted = -1;
static long rank = 0;

__attribute__((constructor)) static void asked(void) {
    const char *text = getenv("OBSERVATOIRE_REFUS");
    for (int kind = 0; text && kind < KINDS; kind++) {
        size_t length = strlen(NAMES[kind]);
        if (strncmp(text, NAMES[kind], length) == 0 && text[length] == ':') {
            wanted = kind;
            rank = atol(text + length + 1);
        }
    }
}

__attribute__((destructor)) static void counted(void) {
    const char *path = getenv("OBSERVATOIRE_COMPTE");
    FILE *file = path ? fopen(path, "w") : NULL;
    for (int kind = 0; file && kind < KINDS; kind++)
        fprintf(file, "%s %ld\n", NAMES[kind], atomic_load(&counts[kind]));
    if (file) fclose(file);
}

static int refused(int kind) {
    long now = atomic_fetch_add(&counts[kind], 1) + 1;
    return kind == wanted && now == rank;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define REFUSE(kind, code) \
    if (refused(kind)) { errno = code; return -1; }

int fsync(int fd) { REFUSE(FSYNC, EIO) return REAL(fsync)(fd); }
int fdatasync(int fd) { REFUSE(FSYNC, EIO) return REAL(fdatasync)(fd); }
int rename(const char *from, const char *to) { REFUSE(RENAME, EACCES) return REAL(rename)(from, to); }
int mkdir(const char *path, mode_t mode) { REFUSE(MKDIR, EACCES) return REAL(mkdir)(path, mode); }
int unlink(const char *path) { REFUSE(UNLINK, EACCES) return REAL(unlink)(path); }

static int is_regular(int fd) {
    struct stat about;
    return fd > 2 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (is_regular(fd)) { REFUSE(WRITE, ENOSPC) }
    return REAL(write)(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (is_regular(fd)) { REFUSE(WRITE, ENOSPC) }
    return REAL(writev)(fd, parts, count);
}

static int creates(int flags) { return (flags & O_CREAT) != 0; }

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = creates(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (creates(flags)) { REFUSE(OPEN, EMFILE) }
    return REAL(open64)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = creates(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (creates(flags)) { REFUSE(OPEN, EMFILE) }
    return REAL(open)(path, flags, mode);
}
