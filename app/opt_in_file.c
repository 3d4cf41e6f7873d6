#include "app/opt_in_file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "app/file_watch.h"
#include "app/side_file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "model/board.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A pseudonym longer than this is not read from across a room. */
enum { PSEUDONYM_LONGEST = 24 };

struct participant_entry {
    struct yaml_place place;
    const char *agent, *pseudonym;
};

struct list_entry {
    struct yaml_place place;
    struct yaml_list participants;
};

#define AT(member) offsetof(struct participant_entry, member)
static const struct yaml_field participant_fields[] = {
    {"agent", YAML_KIND_TEXT, AT(agent), .required = true},
    {"pseudonym", YAML_KIND_TEXT, AT(pseudonym), .required = true},
};
#undef AT
static const struct yaml_table participant_table = {"a participant", sizeof(struct participant_entry), NULL,
                                                    participant_fields, COUNT(participant_fields)};

static const struct yaml_field list_fields[] = {
    {"participants", YAML_KIND_RECORDS, offsetof(struct list_entry, participants),
     .table = &participant_table, .most = PODIUM_PARTICIPANTS_MAX},
};
static const struct yaml_table list_table = {"a list of participants", sizeof(struct list_entry), NULL,
                                             list_fields, COUNT(list_fields)};

/* ---- one line ---- */

struct line {
    const char *path;
    const struct participant_entry *entry;
    struct error *error;
};

static bool refuse(const struct line *line, const char *reason)
{
    error_set(line->error, "%s:%d:%d: %s", line->path, line->entry->place.node->line,
              line->entry->place.node->column, reason);
    return false;
}

/* An id of one or two letters is part of most words. */
static bool gives_away(const char *pseudonym, const char *agent)
{
    size_t length = strlen(agent);
    if (length < 3)
        return strcasecmp(pseudonym, agent) == 0;
    for (; *pseudonym; pseudonym++)
        if (strncasecmp(pseudonym, agent, length) == 0)
            return true;
    return false;
}

static bool check_alone(const struct line *line)
{
    struct error error = {""};
    if (!*line->entry->agent)
        return refuse(line, "the agent is missing");
    if (!privacy_pseudonym_allowed(line->entry->pseudonym, &error))
        return refuse(line, error.text);
    if (gives_away(line->entry->pseudonym, line->entry->agent))
        return refuse(line, "the pseudonym gives away the agent's id (P09); choose another");
    if (utf8_length(line->entry->pseudonym) > PSEUDONYM_LONGEST)
        return refuse(line, "the pseudonym has more than 24 characters; choose a shorter one");
    return true;
}

static bool check_beside(const struct line *line, const struct participant_entry *other)
{
    if (text_equal(line->entry->agent, other->agent))
        return refuse(line, "this agent stands on the list already; take one line away");
    if (strcasecmp(line->entry->pseudonym, other->pseudonym) == 0)
        return refuse(line, "two have this pseudonym; one of them chooses another");
    return true;
}

/* ---- the file ---- */

static bool check(const char *path, const struct list_entry *entry, struct error *error)
{
    const struct participant_entry *all = entry->participants.items;
    for (size_t i = 0; i < entry->participants.count; i++) {
        const struct line line = {path, &all[i], error};
        if (!check_alone(&line))
            return false;
        for (size_t j = 0; j < i; j++)
            if (!check_beside(&line, &all[j]))
                return false;
    }
    return true;
}

/* The reader's own messages repeat what it read, so only their place is told. */
static bool is_sound(struct yaml_reader *reader, const char *path, struct error *error)
{
    size_t count;
    const struct yaml_problem *problems = yaml_problems(reader, &count);
    if (count == 0)
        return true;
    error_set(error,
              "%s:%d:%d: cannot be understood; a list is written participants: and a line for each, "
              "- {agent: ID, pseudonym: NAME}",
              path, problems[0].line, problems[0].column);
    return false;
}

static struct podium_list list_of(struct arena *arena, const struct list_entry *entry)
{
    const struct participant_entry *all = entry->participants.items;
    struct podium_participant *participants =
        arena_take(arena, entry->participants.count, sizeof *participants);
    for (size_t i = 0; i < entry->participants.count; i++)
        participants[i] = (struct podium_participant){all[i].agent, all[i].pseudonym};
    return (struct podium_list){true, entry->participants.count, participants};
}

bool opt_in_file_read(struct arena *arena, const char *path, struct podium_list *list, struct error *error)
{
    struct list_entry entry = {0};
    *list = (struct podium_list){0};
    struct yaml_reader *reader = side_file_read(arena, path, &list_table, &entry, error);
    if (!reader)
        return false;
    bool good = is_sound(reader, path, error) && check(path, &entry, error);
    if (good)
        *list = list_of(arena, &entry);
    yaml_reader_destroy(reader);
    return good;
}

bool opt_in_file_is_open(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && found.st_mode & S_IROTH;
}

/* ---- while the wall runs ---- */

struct opt_in_watch {
    struct file_watch file;
    bool looked;
};

struct opt_in_watch *opt_in_watch_create(const char *path, int64_t now_monotonic_ms)
{
    if (!path)
        return NULL;
    struct opt_in_watch *watch = memory_create(1, sizeof *watch);
    file_watch_start(&watch->file, path, now_monotonic_ms);
    return watch;
}

void opt_in_watch_destroy(struct opt_in_watch *watch)
{
    free(watch);
}

static void take(struct board *board, const char *path)
{
    struct arena *arena = arena_create();
    struct error error = {""};
    struct podium_list list;
    if (!opt_in_file_read(arena, path, &list, &error))
        log_warning("%s; nobody is ranked until it is mended", error.text);
    board_set_participants(board, &list);
    arena_destroy(arena);
}

bool opt_in_watch_look(struct opt_in_watch *watch, struct board *board, int64_t now_monotonic_ms)
{
    if (!watch)
        return false;
    bool changed = file_watch_changed(&watch->file, now_monotonic_ms);
    if (watch->looked && !changed)
        return false;
    watch->looked = true; /* the first look reads: it may have changed since the board was read */
    take(board, watch->file.path);
    return true;
}
