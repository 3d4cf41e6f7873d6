
#include "render/picture.h"
#include "render/widget.h"

/* What somebody has to say, from one moment to another, or a local picture. */

static bool is_over(const struct snapshot_message *message, int64_t now_wall_ms)
{
    return message->until_wall_ms && now_wall_ms >= message->until_wall_ms;
}

static void foot_text(const struct pen *pen, const struct snapshot_message *message, struct text *out)
{
    struct text day = {0};
    if (message->author)
        text_append(out, message->author);
    if (message->until_wall_ms) {
        words_of_date(pen->words, message->until_wall_ms - 1, true, &day);
        text_append(out, out->length ? " · " : "");
        words_fill(pen->words, WORD_UNTIL, text_bytes(&day), out);
    }
    text_finish(&day);
}

static void words_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_message *message,
                       struct box room)
{
    struct text foot = {0};
    int px = pen_type_px(pen, view->small_px * 0.85);
    foot_text(pen, message, &foot);
    struct box words = room;
    if (foot.length) {
        words.height -= px * 1.4;
        struct box line = {room.x, room.y + words.height, room.width, px * 1.4};
        widget_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, line.x,
                    widget_baseline(pen, line, px), line.width, ALIGN_LEFT, text_bytes(&foot));
    }
    widget_paragraph_draw(pen, view, words, view->small_px * 1.6, message->text ? message->text : "");
    text_finish(&foot);
}

void widget_text_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_message *message = view->tile->message;
    if (!message)
        return;
    if (is_over(message, view->now.wall_ms)) {
        widget_words_draw(pen, view, room, words_get(pen->words, WORD_OVER));
    } else if (message->from_wall_ms && view->now.wall_ms < message->from_wall_ms) {
        struct text day = {0}, words = {0};
        words_of_date(pen->words, message->from_wall_ms, true, &day);
        words_fill(pen->words, WORD_FROM, text_bytes(&day), &words);
        widget_words_draw(pen, view, room, text_bytes(&words));
        text_finish(&day);
        text_finish(&words);
    } else if (message->picture) {
        if (!picture_draw(pen, message->picture, room))
            widget_words_draw(pen, view, room, words_get(pen->words, WORD_NO_PICTURE));
    } else {
        words_draw(pen, view, message, room);
    }
}
