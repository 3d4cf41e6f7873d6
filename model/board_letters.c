#include <stdlib.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "model/board_parts.h"

/* The SQCDP letters of a board, as its own tiles give them. */

enum display board_letter(const struct board *board, enum sqcdp_letter letter)
{
    enum display *states = memory_create(board->tile_count, sizeof *states);
    size_t count = 0;
    for (size_t i = 0; i < board->tile_count; i++)
        if (board->tiles[i].has_letter && board->tiles[i].letter == letter)
            states[count++] = board->tiles[i].display;
    enum display worst = sqcdp_worst(states, count);
    free(states);
    return worst;
}

/* An evening without contacts has nothing to measure, and does not undo what the day was. */
static bool says_how_the_day_was(const struct board *board, enum sqcdp_letter letter, int day,
                                 enum display display)
{
    enum display kept = sqcdp_shown(&board->month, letter, day);
    bool was_judged = kept == DISPLAY_OK || display_is_alert(kept);
    return display != DISPLAY_CLOSED && (display != DISPLAY_NEUTRAL || !was_judged);
}

void board_letters_keep(struct board *board, struct now now)
{
    struct calendar_time local;
    calendar_local(now.wall_ms, &local);
    if (board->month.year != local.year || board->month.month != local.month)
        sqcdp_month_init(&board->month, local.year, local.month);
    for (int letter = 0; letter < SQCDP_LETTERS; letter++) {
        enum display display = board_letter(board, (enum sqcdp_letter)letter);
        if (says_how_the_day_was(board, (enum sqcdp_letter)letter, local.day, display))
            sqcdp_keep(&board->month, (enum sqcdp_letter)letter, local.day, display);
    }
}

struct record_letters board_record_letters(const struct board *board, struct now now)
{
    struct record_letters letters = {.midnight_wall_ms = calendar_midnight_ms(now.wall_ms)};
    struct calendar_time local;
    calendar_local(now.wall_ms, &local);
    for (int letter = 0; letter < SQCDP_LETTERS; letter++)
        letters.cells[letter] = sqcdp_shown(&board->month, (enum sqcdp_letter)letter, local.day);
    return letters;
}

static void restore_day(struct sqcdp_month *month, const struct record_letters *letters, int day)
{
    for (int letter = 0; letter < SQCDP_LETTERS; letter++)
        if (sqcdp_shown(month, (enum sqcdp_letter)letter, day) == DISPLAY_NODATA)
            sqcdp_keep(month, (enum sqcdp_letter)letter, day, letters->cells[letter]);
}

void board_restore_letters(struct board *board, const struct record_letters *days, size_t count,
                           struct now now)
{
    struct calendar_time local;
    board_letters_keep(board, now);
    for (size_t i = 0; i < count; i++) {
        calendar_local(days[i].midnight_wall_ms, &local);
        bool of_this_month = local.year == board->month.year && local.month == board->month.month;
        if (of_this_month && days[i].midnight_wall_ms <= now.wall_ms)
            restore_day(&board->month, &days[i], local.day);
    }
    board_letters_keep(board, now);
}

struct snapshot_month board_letters_month(const struct board *board, struct now now)
{
    struct snapshot_month month = {.day_count = board->month.day_count};
    struct calendar_time local;
    calendar_local(now.wall_ms, &local);
    month.today = local.day;
    for (int letter = 0; letter < SQCDP_LETTERS; letter++)
        for (int day = 0; day < SNAPSHOT_DAYS_MAX; day++)
            month.cells[letter][day] = sqcdp_shown(&board->month, (enum sqcdp_letter)letter, day + 1);
    return month;
}
