#include "app/notes_file.h"

#include <math.h>

#include "app/side_file.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A role or initials: longer than this it is a name, or a sentence. */
enum { WHO_LONGEST = 24, TEXT_LONGEST = 240 };

struct action_entry {
    struct yaml_place place;
    const char *text, *who;
    struct calendar_date due;
    double done_percent;
};

struct verbatim_entry {
    struct yaml_place place;
    const char *text;
    struct calendar_date day;
    bool moderated;
};

#define AT(member) offsetof(struct action_entry, member)
static const struct yaml_field action_fields[] = {
    {"text", YAML_KIND_TEXT, AT(text), .required = true, .help = "what is to be done"},
    {"who", YAML_KIND_TEXT, AT(who), .help = "a role or initials, never a full name"},
    {"due", YAML_KIND_OWN, AT(due), .read = config_read_date, .schema = config_date_schema,
     .help = "the day until which"},
    {"done", YAML_KIND_PERCENT, AT(done_percent), .min = 0, .max = 100,
     .help = "how far it is: 0, 25, 50, 75 or 100 %"},
};
#undef AT
const struct yaml_table config_action_table = {"an action", sizeof(struct action_entry), NULL, action_fields,
                                               COUNT(action_fields)};

#define AT(member) offsetof(struct verbatim_entry, member)
static const struct yaml_field verbatim_fields[] = {
    {"text", YAML_KIND_TEXT, AT(text), .required = true, .help = "what the customer said, without any name"},
    {"day", YAML_KIND_OWN, AT(day), .read = config_read_date, .schema = config_date_schema,
     .help = "when it was said"},
    {"moderated", YAML_KIND_BOOL, AT(moderated), .help = "true: somebody has read it; else it is not shown"},
};
#undef AT
const struct yaml_table config_verbatim_table = {"a verbatim", sizeof(struct verbatim_entry), NULL,
                                                 verbatim_fields, COUNT(verbatim_fields)};

#define AT(member) offsetof(struct notes_entry, member)
static const struct yaml_field notes_fields[] = {
    {"actions", YAML_KIND_RECORDS, AT(actions), .table = &config_action_table, .help = "of the huddle"},
    {"verbatims", YAML_KIND_RECORDS, AT(verbatims), .table = &config_verbatim_table,
     .help = "words of customers"},
};
#undef AT
static const struct yaml_table notes_table = {"a list of actions and verbatims", sizeof(struct notes_entry),
                                              NULL, notes_fields, COUNT(notes_fields)};

/* ---- from entries to notes ---- */

static void check_length(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                         const char *text, size_t most)
{
    if (text && utf8_length(text) > most)
        yaml_error(reader, place, key, "%zu characters; at most %zu are read from across a room",
                   utf8_length(text), most);
}

static struct action action_of(struct yaml_reader *reader, const struct action_entry *entry)
{
    check_length(reader, &entry->place, "text", entry->text, TEXT_LONGEST);
    if (entry->who && utf8_length(entry->who) > WHO_LONGEST)
        yaml_error(reader, &entry->place, "who", "write a role or initials, at most %d characters",
                   WHO_LONGEST);
    int quarters = (int)floor(entry->done_percent / 25); /* 90 % is not done */
    return (struct action){entry->text ? entry->text : "", entry->who, entry->due, quarters};
}

static size_t at_most(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                      size_t count)
{
    if (count <= NOTES_MAX)
        return count;
    yaml_error(reader, place, key, "%zu lines; at most %d", count, NOTES_MAX);
    return NOTES_MAX;
}

struct notes notes_make(struct yaml_reader *reader, const struct notes_entry *entry)
{
    struct notes notes = {.read = true};
    const struct action_entry *from = entry->actions.items;
    const struct verbatim_entry *said = entry->verbatims.items;
    notes.action_count = at_most(reader, &entry->place, "actions", entry->actions.count);
    notes.verbatim_count = at_most(reader, &entry->place, "verbatims", entry->verbatims.count);
    struct action *actions = arena_take(yaml_arena(reader), notes.action_count, sizeof *actions);
    struct verbatim *verbatims = arena_take(yaml_arena(reader), notes.verbatim_count, sizeof *verbatims);
    for (size_t i = 0; i < notes.action_count; i++)
        actions[i] = action_of(reader, &from[i]);
    for (size_t i = 0; i < notes.verbatim_count; i++) {
        check_length(reader, &said[i].place, "text", said[i].text, TEXT_LONGEST);
        verbatims[i] = (struct verbatim){said[i].text ? said[i].text : "", said[i].day, said[i].moderated};
    }
    notes.actions = actions;
    notes.verbatims = verbatims;
    return notes;
}

/* ---- a file ---- */

static bool tell_first_problem(struct yaml_reader *reader, const char *path, struct error *error)
{
    size_t count;
    const struct yaml_problem *problems = yaml_problems(reader, &count);
    for (size_t i = 0; i < count; i++) {
        if (!problems[i].is_error)
            continue;
        error_set(error, "%s:%d:%d: %s%s%s", path, problems[i].line, problems[i].column, problems[i].key_path,
                  *problems[i].key_path ? ": " : "", problems[i].text);
        return true;
    }
    return false;
}

bool notes_file_read(struct arena *arena, const char *path, struct notes *notes, struct error *error)
{
    struct notes_entry entry = {0};
    *notes = (struct notes){0};
    struct yaml_reader *reader = side_file_read(arena, path, &notes_table, &entry, error);
    if (!reader)
        return false;
    struct notes read = notes_make(reader, &entry);
    bool good = !tell_first_problem(reader, path, error);
    if (good)
        *notes = read;
    yaml_reader_destroy(reader);
    return good;
}
