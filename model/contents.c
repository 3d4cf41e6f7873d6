#include "model/contents.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "model/board_parts.h"

/* ---- lists ---- */

static int64_t moment_of(const struct calendar_date *date)
{
    struct calendar_time time = {.year = date->year, .month = date->month, .day = date->day};
    return date->year ? calendar_moment_ms(&time) : 0;
}

/* What is late comes first, then by day; what has no day waits. */
static int compare_actions(const void *left, const void *right)
{
    const struct snapshot_action *a = left, *b = right;
    int64_t due_a = a->due_wall_ms ? a->due_wall_ms : INT64_MAX,
            due_b = b->due_wall_ms ? b->due_wall_ms : INT64_MAX;
    if (due_a != due_b)
        return due_a < due_b ? -1 : 1;
    return strcmp(a->text, b->text);
}

static int compare_verbatims(const void *left, const void *right)
{
    const struct snapshot_verbatim *a = left, *b = right;
    if (a->day_wall_ms != b->day_wall_ms)
        return a->day_wall_ms > b->day_wall_ms ? -1 : 1;
    return strcmp(a->text, b->text);
}

/* The open ones; gives how many. */
static size_t copy_open(struct arena *arena, const struct notes *notes, int64_t today_wall_ms,
                        struct snapshot_action *actions)
{
    size_t count = 0;
    for (size_t i = 0; i < notes->action_count; i++) {
        const struct action *action = &notes->actions[i];
        if (action->quarters >= NOTES_QUARTERS)
            continue;
        int64_t due = moment_of(&action->due);
        actions[count++] = (struct snapshot_action){arena_copy_text(arena, action->text),
                                                    arena_copy_text(arena, action->who), due,
                                                    due && due < today_wall_ms, action->quarters};
    }
    return count;
}

static void put_actions(struct snapshot_notes *copy, struct snapshot_action *actions, size_t count)
{
    if (count)
        qsort(actions, count, sizeof *actions, compare_actions);
    copy->actions = actions;
    copy->action_count = count;
}

static void copy_actions(struct arena *arena, const struct notes *notes, int64_t today_wall_ms,
                         struct snapshot_notes *copy)
{
    struct snapshot_action *actions = arena_take(arena, notes->action_count, sizeof *actions);
    put_actions(copy, actions, copy_open(arena, notes, today_wall_ms, actions));
}

static void copy_verbatims(struct arena *arena, const struct notes *notes, struct snapshot_notes *copy)
{
    struct snapshot_verbatim *verbatims = arena_take(arena, notes->verbatim_count, sizeof *verbatims);
    for (size_t i = 0; i < notes->verbatim_count; i++)
        verbatims[i] = (struct snapshot_verbatim){arena_copy_text(arena, notes->verbatims[i].text),
                                                  moment_of(&notes->verbatims[i].day)};
    copy->verbatim_count = notes->verbatim_count;
    if (copy->verbatim_count)
        qsort(verbatims, copy->verbatim_count, sizeof *verbatims, compare_verbatims);
    copy->verbatims = verbatims;
}

const struct snapshot_notes *contents_notes(struct arena *arena, const struct board *board,
                                            const struct tile_settings *settings, struct now now)
{
    if (!text_equal(settings->type, "list") || settings->notes < 0 ||
        (size_t)settings->notes >= board->notes_count)
        return NULL;
    const struct notes *notes = &board->notes[settings->notes].notes;
    struct snapshot_notes *copy = arena_take(arena, 1, sizeof *copy);
    copy->read = notes->read;
    copy_actions(arena, notes, calendar_midnight_ms(now.wall_ms), copy);
    copy_verbatims(arena, notes, copy);
    return copy;
}

const struct snapshot_notes *contents_actions(struct arena *arena, const struct board *board, struct now now)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < board->notes_count; i++)
        most += board->notes[i].notes.action_count;
    if (!board->notes_count)
        return NULL;
    struct snapshot_notes *copy = arena_take(arena, 1, sizeof *copy);
    struct snapshot_action *actions = arena_take(arena, most, sizeof *actions);
    copy->read = true;
    for (size_t i = 0; i < board->notes_count; i++) {
        const struct notes *notes = &board->notes[i].notes;
        copy->read &= notes->read;
        count += copy_open(arena, notes, calendar_midnight_ms(now.wall_ms), actions + count);
    }
    put_actions(copy, actions, count);
    return copy;
}

/* ---- announcements ---- */

static struct snapshot_message copy_message(struct arena *arena, const struct announcement *announcement)
{
    return (struct snapshot_message){
        .text = arena_copy_text(arena, announcement->text),
        .author = arena_copy_text(arena, announcement->author),
        .from_wall_ms = announcement->from_wall_ms,
        .until_wall_ms = announcement->until_wall_ms,
        .important = announcement->important,
        .picture = arena_copy_text(arena, announcement->picture),
    };
}

const struct snapshot_message *contents_message(struct arena *arena, const struct announcement *announcement)
{
    if (!announcement)
        return NULL;
    struct snapshot_message *message = arena_take(arena, 1, sizeof *message);
    *message = copy_message(arena, announcement);
    return message;
}

static int compare_messages(const void *left, const void *right)
{
    const struct snapshot_message *a = left, *b = right;
    if (a->important != b->important)
        return a->important ? -1 : 1;
    if (a->from_wall_ms != b->from_wall_ms)
        return a->from_wall_ms > b->from_wall_ms ? -1 : 1;
    return strcmp(a->text, b->text);
}

const struct snapshot_message *contents_messages(struct arena *arena, const struct board *board,
                                                 struct now now, size_t *count)
{
    const struct board_settings *settings = board->settings;
    struct snapshot_message *messages = arena_take(arena, settings->message_count, sizeof *messages);
    *count = 0;
    for (size_t i = 0; i < settings->message_count; i++) {
        const struct announcement *one = &settings->messages[i];
        if (!one->until_wall_ms || now.wall_ms < one->until_wall_ms)
            messages[(*count)++] = copy_message(arena, one);
    }
    if (*count)
        qsort(messages, *count, sizeof *messages, compare_messages);
    return messages;
}

/* ---- countdowns ---- */

/* The next time the clock on the wall says so: today's, or tomorrow's once an hour has passed. */
static int64_t next_minute(int minute, struct now now)
{
    static const int64_t OVER_SHOWN_MS = 3600000;
    struct calendar_time time;
    calendar_local(now.wall_ms, &time);
    time.hour = minute / 60;
    time.minute = minute % 60;
    time.second = time.millisecond = 0;
    int64_t today = calendar_moment_ms(&time);
    if (now.wall_ms < today + OVER_SHOWN_MS)
        return today;
    time.day++;
    return calendar_moment_ms(&time);
}

struct snapshot_countdown contents_countdown(const struct tile_settings *settings, struct now now)
{
    if (!text_equal(settings->type, "countdown"))
        return (struct snapshot_countdown){0};
    if (settings->ends_wall_ms)
        return (struct snapshot_countdown){settings->ends_wall_ms, 0};
    if (settings->ends_minute >= 0 && !settings->lasts_ms)
        return (struct snapshot_countdown){next_minute(settings->ends_minute, now), 0};
    return (struct snapshot_countdown){0, settings->lasts_ms};
}
