#include "model/notes.h"

static const struct action *copy_actions(struct arena *arena, const struct notes *notes)
{
    struct action *actions = arena_take(arena, notes->action_count, sizeof *actions);
    for (size_t i = 0; i < notes->action_count; i++) {
        actions[i] = notes->actions[i];
        actions[i].text = arena_copy_text(arena, notes->actions[i].text);
        actions[i].who = arena_copy_text(arena, notes->actions[i].who);
    }
    return actions;
}

struct notes notes_copy(struct arena *arena, const struct notes *notes)
{
    struct notes copy = {.read = notes->read, .action_count = notes->action_count};
    struct verbatim *verbatims = arena_take(arena, notes->verbatim_count, sizeof *verbatims);
    copy.actions = copy_actions(arena, notes);
    for (size_t i = 0; i < notes->verbatim_count; i++) {
        if (!notes->verbatims[i].moderated)
            continue;
        verbatims[copy.verbatim_count] = notes->verbatims[i];
        verbatims[copy.verbatim_count++].text = arena_copy_text(arena, notes->verbatims[i].text);
    }
    copy.verbatims = verbatims;
    return copy;
}

static bool is_open(const struct action *action)
{
    return action->quarters < NOTES_QUARTERS;
}

size_t notes_open(const struct notes *notes)
{
    size_t count = 0;
    for (size_t i = 0; i < notes->action_count; i++)
        count += is_open(&notes->actions[i]);
    return count;
}

size_t notes_overdue(const struct notes *notes, const struct calendar_date *today)
{
    size_t count = 0;
    for (size_t i = 0; i < notes->action_count; i++) {
        const struct action *action = &notes->actions[i];
        count += is_open(action) && action->due.year && calendar_compare_dates(&action->due, today) < 0;
    }
    return count;
}
