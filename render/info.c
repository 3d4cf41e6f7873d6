/* What the wall is and what it stands on: for whoever looks after it, in front of it. */
#include <math.h>
#include <stdio.h>

#include "base/calendar.h"
#include "render/format.h"
#include "render/sheet.h"

/* Facts below each other: a name, what is to be said, a light where something is wrong. */
struct facts {
    struct pen *pen;
    struct box room;
    double line, names;
};

static void say(struct facts *facts, int word, enum display display, const char *text)
{
    struct pen *pen = facts->pen;
    double px = facts->line / 1.45 / pen->unit_px;
    struct type_style name = sheet_type(pen, FACE_REGULAR, px), value = sheet_type(pen, FACE_BOLD, px);
    struct box place = {facts->room.x, facts->room.y, facts->names, facts->line};
    if (facts->room.height < facts->line)
        return;
    if (word >= 0)
        sheet_line(pen, name, pen->theme->text_secondary, place, ALIGN_LEFT, words_get(pen->words, word));
    place.x += facts->names;
    place.width = facts->room.width - facts->names;
    if (pen_text_width(pen, value, text) > place.width)
        value.face = FACE_NARROW_BOLD;
    colour ink = pen->theme->text_primary;
    if (display_is_alert(display))
        ink = pen->theme->state[theme_state_of(display)].fg;
    sheet_line(pen, value, ink, place, ALIGN_LEFT, text);
    facts->room.y += facts->line;
    facts->room.height -= facts->line;
}

static void say_lines(struct facts *facts, int word, const char lines[][STAGE_LINE_BYTES], size_t count)
{
    for (size_t i = 0; i < count; i++)
        say(facts, i == 0 ? word : -1, DISPLAY_OK, lines[i]);
}

static const char *or_not_told(const struct facts *facts, const char *text)
{
    return text && *text ? text : words_get(facts->pen->words, WORD_INFO_NOT_TOLD);
}

/* ---- the machine ---- */

static void say_temperature(struct facts *facts, const struct stage_machine *machine)
{
    char text[32] = "";
    if (isfinite(machine->temperature_c))
        snprintf(text, sizeof text, "%.0f\u00a0°C", machine->temperature_c);
    enum display display = machine->temperature_c >= 80 ? DISPLAY_WARN : DISPLAY_OK;
    say(facts, WORD_INFO_TEMPERATURE, display, or_not_told(facts, text));
}

static void say_voltage(struct facts *facts, const struct stage_machine *machine)
{
    int word = machine->under_voltage < 0    ? WORD_INFO_NOT_TOLD
               : machine->under_voltage == 0 ? WORD_INFO_VOLTAGE_FINE
                                             : WORD_INFO_VOLTAGE_LOW;
    say(facts, WORD_INFO_VOLTAGE, machine->under_voltage > 0 ? DISPLAY_CRITICAL : DISPLAY_OK,
        words_get(facts->pen->words, word));
}

static void say_uptime(struct facts *facts, const struct stage_machine *machine)
{
    struct text own = {0}, whole = {0}, text = {0};
    sheet_duration(facts->pen, machine->program_up_ms, &own);
    words_fill(facts->pen->words, WORD_INFO_UPTIME_BOTH, text_bytes(&own), &text);
    if (machine->machine_up_ms >= 0) {
        sheet_duration(facts->pen, machine->machine_up_ms, &whole);
        text_append(&text, " · ");
        words_fill(facts->pen->words, WORD_INFO_UPTIME_MACHINE, text_bytes(&whole), &text);
    }
    say(facts, WORD_INFO_UPTIME, DISPLAY_OK, text_bytes(&text));
    text_finish(&own);
    text_finish(&whole);
    text_finish(&text);
}

static void add_memory(const struct facts *facts, int word, double mib, struct text *out)
{
    struct figure_style style = {FORMAT_INT, 0, NULL, facts->pen->language};
    if (!isfinite(mib))
        return;
    text_append(out, out->length ? " · " : "");
    words_fill(facts->pen->words, word, figure_make(&style, mib).text, out);
}

static void say_memory(struct facts *facts, const struct stage_machine *machine)
{
    struct text text = {0};
    add_memory(facts, WORD_INFO_MEMORY_OWN, machine->memory_mib, &text);
    add_memory(facts, WORD_INFO_MEMORY_FREE, machine->memory_free_mib, &text);
    say(facts, WORD_INFO_MEMORY, DISPLAY_OK, or_not_told(facts, text_bytes(&text)));
    text_finish(&text);
}

static void say_board(struct facts *facts, const struct stage_machine *machine)
{
    struct text text = {0};
    text_append_format(&text, "%s%s%s", machine->board_path, *machine->board_hash ? " · " : "",
                       machine->board_hash);
    say(facts, WORD_INFO_BOARD, DISPLAY_OK, or_not_told(facts, text_bytes(&text)));
    text_finish(&text);
}

/* ---- its memory on disk ---- */

static void add_size(const struct facts *facts, int64_t bytes, struct text *out)
{
    struct figure_style style = {FORMAT_RATIO, 1, NULL, facts->pen->language};
    if (bytes <= 0)
        return;
    text_append(out, " · ");
    words_fill(facts->pen->words, WORD_INFO_MEGABYTES, figure_make(&style, (double)bytes / 1e6).text, out);
}

/* "écrit à 14:05 · 54,5 Mo"; what is wrong stands below, as the log says it. */
static void say_keeping(struct facts *facts, const struct snapshot_keeping *keeping)
{
    const struct words *words = facts->pen->words;
    bool trouble = keeping->trouble_since_wall_ms != 0;
    struct text time = {0}, text = {0};
    words_of_time(trouble ? keeping->trouble_since_wall_ms : keeping->written_wall_ms, &time);
    if (!keeping->kept)
        text_append(&text, words_get(words, WORD_INFO_UNKEPT));
    else if (trouble)
        words_fill(words, WORD_INFO_UNWRITTEN, text_bytes(&time), &text);
    else if (keeping->written_wall_ms)
        words_fill(words, WORD_INFO_WRITTEN, text_bytes(&time), &text);
    else
        text_append(&text, words_get(words, WORD_INFO_NOT_YET_WRITTEN));
    add_size(facts, keeping->bytes, &text);
    say(facts, WORD_INFO_HISTORY, trouble ? DISPLAY_WARN : DISPLAY_OK, text_bytes(&text));
    if (keeping->trouble)
        say(facts, -1, DISPLAY_WARN, keeping->trouble);
    text_finish(&time);
    text_finish(&text);
}

/* ---- what the alerts of the week cost their readers ---- */

static enum display display_of_severity(enum severity severity)
{
    static const enum display of[SEVERITY_COUNT] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL};
    return of[severity];
}

static struct figure target_figure(const struct budget_report *budget, enum budget_target target,
                                   enum language language)
{
    const struct {
        double value;
        enum number_format format;
        int decimals;
    } all[BUDGET_TARGETS] = {
        [BUDGET_PER_TEN] = {budget->per_ten_minutes, FORMAT_RATIO, 2},
        [BUDGET_FLOOD] = {budget->flood_percent, FORMAT_PCT, 1},
        [BUDGET_CRITICAL] = {budget->critical_percent, FORMAT_PCT, 0},
        [BUDGET_CHATTERING] = {budget->chattering, FORMAT_INT, 0},
        [BUDGET_LASTING] = {budget->lasting, FORMAT_INT, 0},
    };
    struct figure_style style = {all[target].format, all[target].decimals, NULL, language};
    return figure_make(&style, all[target].value);
}

/* "41 % devenues critiques (viser ≤ 20 %)" */
static void say_target(struct facts *facts, const struct budget_report *budget, enum budget_target target)
{
    struct figure figure = target_figure(budget, target, facts->pen->language);
    struct text text = {0};
    words_fill(facts->pen->words, WORD_INFO_BUDGET + (int)target, figure.text, &text);
    say(facts, -1, display_of_severity(alert_budget_judge(budget, target)), text_bytes(&text));
    text_finish(&text);
}

/* "cette semaine", "depuis mar. 17/11 08:00" */
static void add_since(const struct facts *facts, const struct budget_report *budget, struct text *out)
{
    const struct words *words = facts->pen->words;
    struct text moment = {0};
    if (budget->from_ms <= calendar_floor_ms(budget->to_ms, CALENDAR_WEEK)) {
        text_append(out, words_get(words, WORD_INFO_ALERTS_WEEK));
        return;
    }
    words_of_moment(words, budget->from_ms, &moment);
    words_fill(words, WORD_INFO_ALERTS_SINCE, text_bytes(&moment), out);
    text_finish(&moment);
}

static bool is_missed(const struct budget_report *budget, enum budget_target target)
{
    return alert_budget_judge(budget, target) != SEVERITY_OK;
}

static int missed_targets(const struct budget_report *budget)
{
    int missed = 0;
    for (enum budget_target target = 0; target < BUDGET_TARGETS; target++)
        missed += is_missed(budget, target);
    return missed;
}

/* "cette semaine : 12 · dans le budget"; else what is missed, below. */
static void say_alerts(struct facts *facts, const struct budget_report *budget)
{
    const struct figure_style style = {FORMAT_INT, 0, NULL, facts->pen->language};
    struct text text = {0};
    add_since(facts, budget, &text);
    words_fill(facts->pen->words, WORD_INFO_ALERTS_COUNT, figure_make(&style, budget->alerts).text, &text);
    if (!missed_targets(budget))
        text_append_format(&text, " · %s", words_get(facts->pen->words, WORD_INFO_ALERTS_KEPT));
    say(facts, -1, DISPLAY_OK, text_bytes(&text));
    for (enum budget_target target = 0; target < BUDGET_TARGETS; target++)
        if (is_missed(budget, target))
            say_target(facts, budget, target);
    text_finish(&text);
}

/* At the foot of the room, as high as it has lines; gives what is left above. */
static struct box draw_alerts(struct pen *pen, const struct budget_report *budget, struct box room,
                              double gap)
{
    double line = pen_px(pen, 48), lines = 1 + missed_targets(budget);
    struct box foot = room, left = room;
    if (budget->from_ms == budget->to_ms)
        return room;
    foot.height = ceil(sheet_panel_height(pen, lines * line));
    foot.y += room.height - foot.height;
    left.height -= foot.height + gap;
    struct facts facts = {pen, sheet_panel(pen, foot, words_get(pen->words, WORD_INFO_ALERTS)), line, 0};
    say_alerts(&facts, budget);
    return left;
}

/* ---- the whole machine ---- */

static void say_clock(struct facts *facts, const struct sheet *sheet)
{
    bool wrong = sheet->snapshot && sheet->snapshot->clock_untrusted;
    say(facts, WORD_INFO_CLOCK, wrong ? DISPLAY_WARN : DISPLAY_OK,
        words_get(facts->pen->words, wrong ? WORD_INFO_CLOCK_WRONG : WORD_INFO_CLOCK_KEPT));
}

static void say_machine(struct facts *facts, const struct sheet *sheet, const struct stage_machine *machine)
{
    say(facts, WORD_INFO_HOST, DISPLAY_OK, or_not_told(facts, machine->host));
    if (machine->address_count == 0)
        say(facts, WORD_INFO_ADDRESS, DISPLAY_WARN, words_get(facts->pen->words, WORD_INFO_NO_ADDRESS));
    say_lines(facts, WORD_INFO_ADDRESS, machine->addresses, machine->address_count);
    say_lines(facts, WORD_INFO_MAC, machine->macs, machine->mac_count);
    say(facts, WORD_INFO_VERSION, DISPLAY_OK, or_not_told(facts, machine->version));
    say_board(facts, machine);
    say(facts, WORD_INFO_DISPLAY, DISPLAY_OK, or_not_told(facts, machine->display));
    say_clock(facts, sheet);
    say_temperature(facts, machine);
    say_voltage(facts, machine);
    say_uptime(facts, machine);
    say_memory(facts, machine);
    if (sheet->snapshot)
        say_keeping(facts, &sheet->snapshot->keeping);
}

/* ---- the sources ---- */

static void last_success_text(const struct pen *pen, const struct snapshot_source *source, struct text *out)
{
    struct text time = {0};
    if (source->last_success_wall_ms == 0) {
        text_append(out, words_get(pen->words, WORD_INFO_NEVER));
        return;
    }
    words_of_time(source->last_success_wall_ms, &time);
    words_fill(pen->words, WORD_INFO_LAST_SUCCESS, text_bytes(&time), out);
    text_finish(&time);
}

static enum display display_of(enum source_problem problem)
{
    return problem == SOURCE_FINE ? DISPLAY_OK : problem == SOURCE_WAITING ? DISPLAY_NODATA : DISPLAY_STALE;
}

/* Two lines: its name and when it last answered; what is wrong, in words. */
static void draw_source(struct pen *pen, const struct snapshot_source *source, struct box box)
{
    struct text rest = {0}, problem = {0};
    struct box line = {box.x, box.y, box.width, box.height * 0.56};
    last_success_text(pen, source, &rest);
    sheet_row_draw(pen, &(struct sheet_row){display_of(source->problem), source->name, text_bytes(&rest)},
                   line);
    words_of_problem(pen->words, source, &problem);
    double indent = line.height;
    sheet_line(pen, (struct type_style){FACE_NARROW, (int)lround(box.height * 0.3)},
               pen->theme->text_secondary,
               (struct box){box.x + indent, box.y + line.height, box.width - indent, box.height * 0.36},
               ALIGN_LEFT, text_bytes(&problem));
    text_finish(&rest);
    text_finish(&problem);
}

static void draw_sources(struct pen *pen, const struct sheet *sheet, struct box room)
{
    size_t count = sheet->snapshot ? sheet->snapshot->source_count : 0;
    double height = pen_px(pen, 104);
    size_t fit = sheet_rows_fit(room, height, count);
    for (size_t i = 0; i < fit; i++, room.y += height)
        draw_source(pen, &sheet->snapshot->sources[i], (struct box){room.x, room.y, room.width, height});
    sheet_more_draw(pen, (struct box){room.x, room.y, room.width, pen_px(pen, 56)}, count - fit);
}

void info_draw(struct pen *pen, const struct sheet *sheet)
{
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height}, own = whole,
               rest = whole;
    double gap = pen_px(pen, 16);
    if (sheet_is_upright(pen)) {
        own.height = round(whole.height * 0.62);
        rest.y += own.height + gap;
        rest.height -= own.height + gap;
    } else {
        own.width = round(whole.width * 0.6);
        rest.x += own.width + gap;
        rest.width -= own.width + gap;
    }
    struct facts facts = {pen, sheet_panel(pen, own, words_get(pen->words, WORD_INFO)), pen_px(pen, 52),
                          pen_px(pen, 260)};
    if (sheet->stage->machine)
        say_machine(&facts, sheet, sheet->stage->machine);
    else
        say_clock(&facts, sheet);
    if (sheet->snapshot)
        rest = draw_alerts(pen, &sheet->snapshot->budget, rest, gap);
    draw_sources(pen, sheet, sheet_panel(pen, rest, words_get(pen->words, WORD_INFO_SOURCES)));
}
