#include "render/connectors.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/signature.h"

enum { FILE_MAX_BYTES = 65536, PATH_BYTES = 512 };

/* ---- one socket ---- */

static bool read_small(const char *folder, const char *name, struct text *out)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    return length > 0 && (size_t)length < sizeof path && text_read_file(out, path, FILE_MAX_BYTES);
}

static long read_number(const char *folder, const char *name)
{
    struct text text = {0};
    long number = read_small(folder, name, &text) ? strtol(text_bytes(&text), NULL, 10) : 0;
    text_finish(&text);
    return number;
}

static uint64_t read_signature(const char *folder, const char *name)
{
    struct text text = {0};
    read_small(folder, name, &text);
    uint64_t signature = signature_add_text(SIGNATURE_START, text_bytes(&text));
    text_finish(&text);
    return signature;
}

/* "card1-HDMI-A-1"; false: it is something else, a card or a version. */
static bool parse_name(const char *entry, struct connector *connector)
{
    int read = 0;
    if (sscanf(entry, "card%3d-%31s%n", &connector->card, connector->name, &read) != 2)
        return false;
    return connector->card >= 0 && entry[read] == '\0' && !text_starts_with(connector->name, "Writeback");
}

static bool read_connector(const char *cards, const char *entry, struct connector *connector)
{
    char folder[PATH_BYTES];
    struct text status = {0};
    *connector = (struct connector){0};
    if (!parse_name(entry, connector))
        return false;
    int length = snprintf(folder, sizeof folder, "%s/%s", cards, entry);
    if (length < 0 || (size_t)length >= sizeof folder || !read_small(folder, "status", &status)) {
        text_finish(&status);
        return false;
    }
    connector->connected = text_equal(text_bytes(&status), "connected\n");
    connector->id = read_number(folder, "connector_id");
    connector->modes = read_signature(folder, "modes");
    text_finish(&status);
    return true;
}

/* ---- all of them ---- */

/* "HDMI-A-2" comes before "HDMI-A-10". */
static int compare_names(const char *a, const char *b)
{
    size_t common = strcspn(a, "0123456789");
    if (strncmp(a, b, common) != 0 || strcspn(b, "0123456789") != common)
        return strcmp(a, b);
    long left = strtol(a + common, NULL, 10), right = strtol(b + common, NULL, 10);
    return left == right ? strcmp(a, b) : left < right ? -1 : 1;
}

static int compare(const void *left, const void *right)
{
    const struct connector *a = left, *b = right;
    if (a->card != b->card)
        return a->card - b->card;
    if (a->id != b->id && a->id && b->id)
        return a->id < b->id ? -1 : 1;
    return compare_names(a->name, b->name);
}

void connectors_read(struct connectors *connectors, const char *root)
{
    char cards[PATH_BYTES];
    connectors->count = 0;
    snprintf(cards, sizeof cards, "%s/sys/class/drm", root);
    DIR *folder = opendir(cards);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder)) && connectors->count < CONNECTORS_MAX;)
        connectors->count += read_connector(cards, entry->d_name, &connectors->items[connectors->count]);
    closedir(folder);
    qsort(connectors->items, connectors->count, sizeof *connectors->items, compare);
}

void connectors_keep_card(struct connectors *connectors, int card)
{
    size_t kept = 0;
    for (size_t i = 0; i < connectors->count; i++)
        if (connectors->items[i].card == card)
            connectors->items[kept++] = connectors->items[i];
    connectors->count = kept;
}

const struct connector *connectors_find(const struct connectors *connectors, const char *name)
{
    const struct connector *found = NULL;
    for (size_t i = 0; i < connectors->count; i++)
        if (text_equal(connectors->items[i].name, name) && (!found || !found->connected))
            found = &connectors->items[i];
    return found;
}

const struct connector *connectors_display(const struct connectors *connectors, size_t number)
{
    int card = -1;
    for (size_t i = 0; i < connectors->count; i++) {
        const struct connector *connector = &connectors->items[i];
        if (!connector->connected || (card >= 0 && connector->card != card))
            continue;
        card = connector->card;
        if (number-- == 0)
            return connector;
    }
    return NULL;
}

int connectors_number(const struct connectors *connectors, const struct connector *connector)
{
    int number = 0;
    if (!connector || !connector->connected)
        return -1;
    for (const struct connector *other = connectors->items; other < connector; other++)
        number += other->card == connector->card && other->connected;
    return number;
}
