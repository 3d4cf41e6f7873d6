#ifndef TESTS_SYSFS_KIT_H
#define TESTS_SYSFS_KIT_H

/* A folder that looks like the kernel's /sys/class/drm, for tests that plug displays in and out. */

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tests/files.h"

static char sysfs_root[64];

static inline void sysfs_write(const char *connector, const char *name, const char *what)
{
    char path[256];
    snprintf(path, sizeof path, "%s/sys/class/drm/%s/%s", sysfs_root, connector, name);
    files_write(path, what);
}

/* As the kernel has it, whatever was there before. `id` 0: a kernel that does not tell. */
static inline void sysfs_put(const char *connector, const char *status, long id, const char *modes)
{
    char path[256], line[64];
    snprintf(path, sizeof path, "%s/sys/class/drm/%s", sysfs_root, connector);
    mkdir(path, 0700);
    snprintf(line, sizeof line, "%s\n", status);
    sysfs_write(connector, "status", line);
    sysfs_write(connector, "modes", modes);
    snprintf(line, sizeof line, "%ld\n", id);
    if (id)
        sysfs_write(connector, "connector_id", line);
}

static inline int sysfs_make(void **state)
{
    (void)state;
    static const char *const folders[] = {"", "/sys", "/sys/class", "/sys/class/drm"};
    snprintf(sysfs_root, sizeof sysfs_root, "/tmp/vigie-sysfs-XXXXXX");
    assert_non_null(mkdtemp(sysfs_root));
    for (size_t i = 1; i < sizeof folders / sizeof *folders; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", sysfs_root, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    return 0;
}

static inline int sysfs_remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about;
    (void)kind;
    (void)where;
    return remove(path);
}

static inline int sysfs_remove(void **state)
{
    (void)state;
    return nftw(sysfs_root, sysfs_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
