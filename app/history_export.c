#include "app/history_export.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/text.h"
#include "model/judgement.h"

static const char PURPOSE[] = "Données collectives de pilotage, non destinées à l’évaluation individuelle";

/* One line on its way: cells in order, each with its name. */
struct line {
    const struct history_export *export;
    struct text text;
};

struct exporting {
    const struct history_export *export;
    const struct reader *reader;
};

/* ---- cells ---- */

static void begin_cell(struct line *line, const char *name)
{
    if (line->text.length)
        text_append(&line->text, line->export->jsonl ? ", " : ",");
    else if (line->export->jsonl)
        text_append(&line->text, "{");
    if (line->export->jsonl)
        text_append_format(&line->text, "\"%s\": ", name);
}

/* A cell that a spreadsheet would take for a formula is made a text. */
static void append_csv(struct text *out, const char *value)
{
    bool formula = value[0] && strchr("=+-@\t", value[0]);
    if (!strpbrk(value, ",\"\n\r") && !formula) {
        text_append(out, value);
        return;
    }
    text_append(out, formula ? "\"'" : "\"");
    for (; *value; value++)
        text_append_bytes(out, *value == '"' ? "\"\"" : value, *value == '"' ? 2 : 1);
    text_append(out, "\"");
}

/* NULL and NaN are nothing: null, or an empty cell. */
static void put_text(struct line *line, const char *name, const char *value)
{
    begin_cell(line, name);
    if (line->export->jsonl)
        json_write_text(&line->text, value);
    else if (value)
        append_csv(&line->text, value);
}

/* A float says no more than seven digits. */
static void put_number(struct line *line, const char *name, double value)
{
    begin_cell(line, name);
    if (!isnan(value))
        text_append_format(&line->text, "%.7g", value);
    else if (line->export->jsonl)
        text_append(&line->text, "null");
}

static void put_count(struct line *line, const char *name, int64_t value)
{
    begin_cell(line, name);
    text_append_format(&line->text, "%lld", (long long)value);
}

/* 2026-11-21T14:07:00+01:00; 0 is nothing. */
static void put_time(struct line *line, const char *name, int64_t wall_ms)
{
    struct calendar_time local;
    char text[48];
    calendar_local(wall_ms, &local);
    int offset_minutes = local.offset_s / 60, minutes = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", local.year, local.month,
             local.day, local.hour, local.minute, local.second, offset_minutes < 0 ? '-' : '+', minutes / 60,
             minutes % 60);
    put_text(line, name, wall_ms ? text : NULL);
}

static void end_line(struct line *line)
{
    text_append(&line->text, line->export->jsonl ? "}\n" : "\n");
    fwrite(text_bytes(&line->text), 1, line->text.length, line->export->to);
    text_finish(&line->text);
}

/* ---- figures ---- */

static void put_minute(struct line *line, const struct record_cell *minute)
{
    put_number(line, "value", (double)minute->value);
    put_number(line, "n", (double)minute->n);
    put_text(line, "display", display_name(minute->display));
}

static void put_rolled(struct line *line, const struct rolled *rolled, const struct record_series *series)
{
    put_number(line, "value", rolled_value(rolled, series->kind));
    put_number(line, "n", series->kind == RECORD_MEAN ? NAN : rolled->last_n); /* windows overlap: no count */
    put_number(line, "lowest", rolled->lowest);
    put_number(line, "highest", rolled->highest);
    put_count(line, "minutes_known", rolled->known);
    put_count(line, "minutes_warn", rolled->amber);
    put_count(line, "minutes_critical", rolled->red);
}

static bool is_wanted(const struct exporting *exporting, const struct record_series *series)
{
    return !exporting->export->kpi || text_equal(exporting->export->kpi, series->kpi);
}

static void export_cell(void *context, const struct reader_cell *cell)
{
    const struct exporting *exporting = context;
    const struct record_series *series = reader_series(exporting->reader, cell->series);
    struct line line = {exporting->export, {0}};
    if (!is_wanted(exporting, series))
        return;
    put_time(&line, "time", cell->wall_ms);
    put_text(&line, "kpi", series->kpi);
    put_text(&line, "where", series->place);
    put_text(&line, "window", series->period);
    if (cell->minute)
        put_minute(&line, cell->minute);
    else
        put_rolled(&line, cell->rolled, series);
    end_line(&line);
}

/* ---- what happened ---- */

static void export_alert(void *context, const struct reader_alert *alert)
{
    const struct exporting *exporting = context;
    const struct record_series *series = reader_series(exporting->reader, alert->series);
    struct line line = {exporting->export, {0}};
    if (!is_wanted(exporting, series))
        return;
    put_time(&line, "time", alert->alert.begun_ms);
    put_count(&line, "alert", alert->id);
    put_text(&line, "kpi", series->kpi);
    put_text(&line, "where", series->place);
    put_text(&line, "peak", display_name(alert->alert.peak));
    put_number(&line, "peak_value", alert->alert.peak_value);
    put_time(&line, "ended", alert->alert.ended_ms);
    put_text(&line, "end_seen", alert->unseen ? "no" : alert->alert.ended_ms ? "yes" : NULL);
    put_time(&line, "acknowledged", alert->alert.acked_ms);
    put_text(&line, "cause", alert->cause);
    put_text(&line, "action", alert->action);
    put_text(&line, "event", NULL);
    put_text(&line, "announced", alert->alert.told ? "yes" : "no");
    end_line(&line);
}

static void export_mark(void *context, int64_t wall_ms, const char *text)
{
    static const char *const nothing[] = {"alert", "kpi",      "where",        "peak",  "peak_value",
                                          "ended", "end_seen", "acknowledged", "cause", "action"};
    const struct exporting *exporting = context;
    struct line line = {exporting->export, {0}};
    put_time(&line, "time", wall_ms);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        put_text(&line, nothing[i], NULL);
    put_text(&line, "event", text);
    put_text(&line, "announced", NULL);
    end_line(&line);
}

/* ---- the whole ---- */

static void put_head(const struct history_export *export)
{
    if (export->jsonl)
        return;
    fputs(export->alerts ? "time,alert,kpi,where,peak,peak_value,ended,end_seen,acknowledged,cause,action,"
                           "event,announced\n"
          : export->step == READER_MINUTES
              ? "time,kpi,where,window,value,n,display\n"
              : "time,kpi,where,window,value,n,lowest,highest,minutes_known,minutes_warn,minutes_critical\n",
          export->to);
}

static void put_purpose(const struct history_export *export)
{
    fprintf(export->to, export->jsonl ? "{\"notice\": \"%s\"}\n" : "# %s\n", PURPOSE);
}

static bool export_events(const struct exporting *exporting, struct reader *reader, struct error *error)
{
    const struct history_export *export = exporting->export;
    struct exporting context = *exporting;
    return reader_alerts(reader, export->since_ms, export->until_ms, export_alert, &context, error) &&
           (export->kpi ||
            reader_marks(reader, export->since_ms, export->until_ms, export_mark, &context, error));
}

bool history_export(const struct history_export *export, struct reader *reader, struct error *error)
{
    struct exporting exporting = {export, reader};
    put_head(export);
    bool done = export->alerts ? export_events(&exporting, reader, error)
                               : reader_cells(reader, export->step, export->since_ms, export->until_ms,
                                              export_cell, &exporting, error);
    if (done)
        put_purpose(export);
    if (done && (fflush(export->to) != 0 || ferror(export->to))) {
        error_set(error, "the export cannot be written");
        return false;
    }
    return done;
}
