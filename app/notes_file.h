#ifndef APP_NOTES_FILE_H
#define APP_NOTES_FILE_H

/*
 * Actions and verbatims that a team keeps in a small YAML file beside the board, and in the board itself:
 *
 *     actions:
 *       - {text: Relire le script SAV, who: chef d'équipe, due: 2026-11-27, done: 50 %}
 *     verbatims:
 *       - {text: Très bien reçu, day: 2026-11-19, moderated: true}
 */

#include "app/config_reading.h"
#include "base/error.h"
#include "model/notes.h"

struct notes_entry {
    struct yaml_place place;
    struct yaml_list actions, verbatims;
};

extern const struct yaml_table config_action_table, config_verbatim_table;

/* What was read through the tables, as the model wants it; in the reader's arena. */
struct notes notes_make(struct yaml_reader *reader, const struct notes_entry *entry);

/*
 * False: the error names line and key, or why the file cannot be read; then nothing of it is taken. Lives in
 * the arena.
 */
bool notes_file_read(struct arena *arena, const char *path, struct notes *notes, struct error *error);

#endif
