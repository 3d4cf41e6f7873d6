#include "fetch/adapter.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

static const char ending[] = ".jq";

static char *find_own_file(const char *path, struct error *error)
{
    if (access(path, R_OK) == 0)
        return memory_copy_text(path);
    error_set(error, "the filter %s cannot be read: %s", path, strerror(errno));
    return NULL;
}

/* Where a path of the assets becomes a name: behind the folder, without its ending. */
static void shorten(char **paths, size_t count, size_t folder_bytes)
{
    for (size_t i = 0; i < count; i++) {
        paths[i] += folder_bytes;
        paths[i][strlen(paths[i]) - strlen(ending)] = '\0';
    }
}

/* The vendors alone: the names of all their filters would fill the screen. */
static void append_vendors(struct text *out, const char *const *known)
{
    for (size_t i = 0; known[i]; i++) {
        size_t length = strcspn(known[i], "/");
        if (i && strncmp(known[i], known[i - 1], length + 1) == 0)
            continue;
        text_append(out, i ? ", " : "");
        text_append_bytes(out, known[i], length);
    }
}

static void describe_unknown(const char *name, const char *const *known, struct error *error)
{
    struct text vendors = {0};
    const char *nearest = text_nearest(name, known);
    append_vendors(&vendors, known);
    if (nearest)
        error_set(error, "there is no adapter \"%s\"; did you mean \"%s\"?", name, nearest);
    else
        error_set(error, "there is no adapter \"%s\"; VENDOR/FILTER has one of these vendors: %s", name,
                  text_bytes(&vendors));
    text_finish(&vendors);
}

static void report_unknown(const char *folder, const char *name, struct error *error)
{
    struct text pattern = {0};
    glob_t found;
    text_append_format(&pattern, "%s*/filter*%s", folder, ending);
    if (glob(text_bytes(&pattern), 0, NULL, &found) == 0) {
        char **names = memory_create(found.gl_pathc + 1, sizeof *names);
        for (size_t i = 0; i < found.gl_pathc; i++)
            names[i] = found.gl_pathv[i];
        shorten(names, found.gl_pathc, strlen(folder));
        describe_unknown(name, (const char *const *)names, error);
        free(names);
        globfree(&found);
    } else {
        error_set(error, "there is no adapter \"%s\", and there are none in %s", name, folder);
    }
    text_finish(&pattern);
}

char *adapter_find(const char *assets_folder, const char *name, struct error *error)
{
    if (text_ends_with(name, ending))
        return find_own_file(name, error);
    struct text folder = {0}, path = {0};
    text_append_format(&folder, "%s/adapters/", assets_folder);
    text_append_format(&path, "%s%s%s%s", text_bytes(&folder), name, strchr(name, '/') ? "" : "/filter",
                       ending);
    char *found = NULL;
    if (!strstr(name, "..") && access(text_bytes(&path), R_OK) == 0)
        found = memory_copy_text(text_bytes(&path));
    else
        report_unknown(text_bytes(&folder), name, error);
    text_finish(&folder);
    text_finish(&path);
    return found;
}

enum { MOST_LIMITS_BYTES = 4096, MOST_LEAST_S = 86400 };

int64_t adapter_least_every_ms(const char *filter_path)
{
    struct text path = {0};
    const char *slash = strrchr(filter_path, '/');
    text_append_bytes(&path, filter_path, slash ? (size_t)(slash - filter_path) + 1 : 0);
    text_append(&path, "limits.json");
    struct cJSON *limits = json_read_file(text_bytes(&path), MOST_LIMITS_BYTES, NULL);
    double least_s = json_member_number(limits, "least_every_s", 0);
    json_destroy(limits);
    text_finish(&path);
    return least_s > 0 && least_s <= MOST_LEAST_S ? (int64_t)(least_s * 1000) : 0;
}
