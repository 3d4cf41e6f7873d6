#include "render/banner.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "render/signature.h"

static const int64_t turn_ms = 10000;

static bool in_force(const struct snapshot_message *message, int64_t wall_ms)
{
    return (!message->from_wall_ms || wall_ms >= message->from_wall_ms) &&
           (!message->until_wall_ms || wall_ms < message->until_wall_ms);
}

bool banner_needed(const struct snapshot *snapshot, struct now now)
{
    for (size_t i = 0; snapshot && i < snapshot->message_count; i++)
        if (in_force(&snapshot->messages[i], now.wall_ms))
            return true;
    return false;
}

/* While an important one is in force the others wait. */
static bool has_turn(const struct snapshot *snapshot, const struct snapshot_message *message, int64_t wall_ms)
{
    if (!in_force(message, wall_ms))
        return false;
    for (size_t i = 0; i < snapshot->message_count && !message->important; i++)
        if (snapshot->messages[i].important && in_force(&snapshot->messages[i], wall_ms))
            return false;
    return true;
}

/* ---- pages of a line ---- */

/* Up to where the text fits; whole words, unless one word is wider than the room. */
static size_t piece_length(struct pen *pen, struct type_style style, double room, const char *start)
{
    size_t kept = 0;
    struct text piece = {0};
    for (const char *end = start; *end;) {
        end += strspn(end, " ");
        end += strcspn(end, " ");
        text_finish(&piece);
        text_append_bytes(&piece, start, (size_t)(end - start));
        if (pen_text_width(pen, style, text_bytes(&piece)) > room)
            break;
        kept = (size_t)(end - start);
    }
    text_finish(&piece);
    if (kept)
        return kept;
    kept = strcspn(start, " ");
    while (kept > 1) {
        text_append_bytes(&piece, start, kept);
        bool fits = pen_text_width(pen, style, text_bytes(&piece)) <= room;
        text_finish(&piece);
        if (fits)
            break;
        kept = utf8_cut(start, kept - 1);
    }
    return kept ? kept : strlen(start);
}

/* One line to show: part of a message. */
struct turn {
    const struct snapshot_message *message;
    const char *start;
    size_t length;
};

static double author_room(struct pen *pen, struct type_style style, const struct snapshot_message *message)
{
    return message->author ? pen_text_width(pen, style, message->author) + style.px : 0;
}

/* The wanted turn of all, counted from 0; gives how many there are. */
static size_t find_turn(struct pen *pen, const struct snapshot *snapshot, int64_t wall_ms, double room,
                        struct type_style style, struct type_style author, size_t wanted, struct turn *turn)
{
    size_t count = 0;
    for (size_t i = 0; i < snapshot->message_count; i++) {
        const struct snapshot_message *message = &snapshot->messages[i];
        if (!has_turn(snapshot, message, wall_ms))
            continue;
        double width = fmax(room - author_room(pen, author, message) - style.px * 1.2, style.px * 4.0);
        for (const char *at = message->text; *(at += strspn(at, " "));) {
            size_t length = piece_length(pen, style, width, at);
            if (count++ == wanted)
                *turn = (struct turn){message, at, length};
            at += length;
        }
    }
    return count;
}

/* ---- on the wall ---- */

static void turn_draw(struct pen *pen, const struct turn *turn, struct box box, struct type_style style,
                      struct type_style author)
{
    const struct theme *theme = pen->theme;
    bool important = turn->message->important;
    colour ground = important ? theme->text_primary : theme->surface,
           ink = important ? theme->bg : theme->text_primary;
    double padding = pen_px(pen, 20), figure = lettering_figure_height(pen->lettering, style);
    double baseline = round(box.y + (box.height + figure) / 2);
    struct text words = {0};
    pen_fill(pen, theme->bg);
    pen_box(pen, box, pen_px(pen, 8), ground);
    text_append_bytes(&words, turn->start, turn->length);
    if (turn->start[turn->length + strspn(turn->start + turn->length, " ")])
        text_append(&words, " …");
    pen_text(pen, style, ink, box.x + padding, baseline, ALIGN_LEFT, text_bytes(&words));
    if (turn->message->author)
        pen_text(pen, author, theme_mix(ink, ground, 0.25), box.x + box.width - padding, baseline,
                 ALIGN_RIGHT, turn->message->author);
    text_finish(&words);
}

void banner_draw(struct pen *pen, const struct snapshot *snapshot, struct now now)
{
    struct box box = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    struct type_style style = {FACE_BOLD, pen_type_px(pen, pen_px(pen, 40))},
                      author = {FACE_NARROW, pen_type_px(pen, pen_px(pen, 34))};
    double room = box.width - 2.0 * pen_px(pen, 20);
    struct turn turn = {0};
    size_t count = find_turn(pen, snapshot, now.wall_ms, room, style, author, 0, &turn);
    if (count == 0)
        return;
    find_turn(pen, snapshot, now.wall_ms, room, style, author, (size_t)(now.wall_ms / turn_ms) % count,
              &turn);
    turn_draw(pen, &turn, box, style, author);
}

uint64_t banner_inputs(const struct snapshot *snapshot, struct now now)
{
    uint64_t inputs = signature_add(SIGNATURE_START, (uint64_t)(now.wall_ms / turn_ms));
    for (size_t i = 0; i < snapshot->message_count; i++) {
        const struct snapshot_message *message = &snapshot->messages[i];
        inputs = signature_add_text(signature_add_text(inputs, message->text), message->author);
        inputs = signature_add(inputs,
                               (uint64_t)in_force(message, now.wall_ms) << 1 | (uint64_t)message->important);
    }
    return inputs;
}

static int64_t sooner(int64_t soonest, int64_t in_ms)
{
    return in_ms > 0 && in_ms < soonest ? in_ms : soonest;
}

int64_t banner_next_change_in_ms(const struct snapshot *snapshot, struct now now)
{
    int64_t soonest = INT64_MAX;
    for (size_t i = 0; i < snapshot->message_count; i++) {
        soonest = sooner(soonest, snapshot->messages[i].from_wall_ms - now.wall_ms);
        if (snapshot->messages[i].until_wall_ms)
            soonest = sooner(soonest, snapshot->messages[i].until_wall_ms - now.wall_ms);
    }
    if (banner_needed(snapshot, now))
        soonest = sooner(soonest, turn_ms - now.wall_ms % turn_ms);
    return soonest;
}
