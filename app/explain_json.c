/* The explanation of a tile as JSON. */
#include <math.h>

#include "app/explain.h"
#include "base/json.h"
#include "model/alert_machine.h"

static void key(struct text *out, const char *name)
{
    text_append_format(out, ", \"%s\": ", name);
}

static void write_text(struct text *out, const char *name, const char *value)
{
    key(out, name);
    json_write_text(out, value);
}

static void write_number(struct text *out, const char *name, double value)
{
    key(out, name);
    json_write_number(out, value);
}

static void write_flag(struct text *out, const char *name, bool value)
{
    key(out, name);
    text_append(out, value ? "true" : "false");
}

static double seconds(int64_t ms)
{
    return (double)ms / 1000;
}

/* A moment or a timer that there is not is null. */
static double seconds_if(bool given, int64_t ms)
{
    return given ? seconds(ms) : (double)NAN;
}

void explain_write_dims(struct text *out, const struct dims *dims)
{
    const char *before = "";
    text_append(out, "{");
    for (enum dim dim = 0; dim < DIM_COUNT; dim++) {
        if (!dims->value[dim])
            continue;
        text_append_format(out, "%s\"%s\": ", before, dim_name(dim));
        json_write_text(out, dims->value[dim]);
        before = ", ";
    }
    text_append(out, "}");
}

static void write_dims(struct text *out, const char *name, const struct dims *dims)
{
    key(out, name);
    explain_write_dims(out, dims);
}

static double covered_s(double covered_ms)
{
    return covered_ms > 0 ? covered_ms / 1000 : (double)NAN;
}

static void write_figure(struct text *out, const struct why_figure *figure, const char *source)
{
    text_append(out, "{\"id\": ");
    json_write_text(out, figure->id);
    write_number(out, "value", figure->value);
    write_text(out, "window", period_name(figure->period));
    write_dims(out, "dims", &figure->dims);
    write_text(out, "source", source);
    write_flag(out, "derived", figure->derived);
    write_number(out, "covered_s", covered_s(figure->covered_ms));
    text_append(out, "}");
}

static void write_inputs(struct text *out, const struct why *why)
{
    key(out, "inputs");
    text_append(out, "[");
    for (size_t i = 0; i < why->input_count; i++) {
        const struct why_input *input = &why->inputs[i];
        text_append(out, i ? ", {\"name\": " : "{\"name\": ");
        json_write_text(out, input->name);
        write_number(out, "value", input->value);
        write_text(out, "window", period_name(input->period));
        write_number(out, "covered_s", covered_s(input->covered_ms));
        write_flag(out, "sent", input->sent);
        text_append(out, "}");
    }
    text_append(out, "]");
}

static void write_figures(struct text *out, const struct why *why)
{
    key(out, "figures");
    text_append(out, "[");
    for (size_t i = 0; i < why->figure_count; i++) {
        text_append(out, i ? ",\n  " : "\n  ");
        write_figure(out, &why->figures[i], why->source);
    }
    text_append(out, "]");
}

static void write_terms(struct text *out, const struct why *why)
{
    key(out, "terms");
    text_append(out, "[");
    for (size_t i = 0; i < why->term_count; i++) {
        const struct why_term *term = &why->terms[i];
        text_append(out, i ? ", {\"counter\": " : "{\"counter\": ");
        json_write_text(out, term->counter);
        write_number(out, "total", term->total);
        write_number(out, "sign", term->sign);
        write_flag(out, "divides", term->divides);
        write_flag(out, "sent", term->count > 0);
        text_append(out, "}");
    }
    text_append(out, "]");
}

static void write_value(struct text *out, const struct why *why)
{
    static const char *const WITHHELD[] = {NULL, "small_team", "complement", "team_unknown", "few_answers"};
    text_append(out, "{\"tile\": ");
    json_write_text(out, why->tile);
    write_text(out, "kpi", why->kpi);
    write_dims(out, "scope", &why->scope);
    write_number(out, "value", why->value);
    write_number(out, "n", why->n);
    write_number(out, "min_sample", why->min_sample);
    write_flag(out, "too_few", why->too_few);
    write_text(out, "withheld", WITHHELD[why->withheld]);
    write_text(out, "window", period_name(why->period));
    write_text(out, "variant", why_variant_name(why->variant));
    write_text(out, "sl_variant", why->sl_variant);
    write_number(out, "covered_s", covered_s(why->covered_ms));
    write_text(out, "formula", why->formula);
    write_terms(out, why);
    write_inputs(out, why);
    write_figures(out, why);
}

static void write_source(struct text *out, const struct why *why)
{
    bool known = why->figures_wall_ms != 0;
    write_text(out, "source", why->source);
    write_text(out, "trouble", why->problem == SOURCE_FINE ? NULL : why->problem_detail);
    write_number(out, "at", seconds_if(known, why->figures_wall_ms));
    write_number(out, "age_s", seconds_if(known, why->age_ms));
    write_number(out, "stale_after_s", seconds(why->stale_after_ms));
}

static void write_alert(struct text *out, const struct why *why)
{
    const int64_t *raises_ms = why->raises_in_ms;
    write_text(out, "display", display_name(why->display));
    write_number(out, "since", seconds_if(why->since_wall_ms != 0, why->since_wall_ms));
    write_text(out, "severity", severity_name(why->severity));
    write_text(out, "alert", alert_state_name(why->alert));
    write_flag(out, "unstable", why->unstable);
    write_number(out, "warn_in_s", seconds_if(raises_ms[SEVERITY_WARN] >= 0, raises_ms[SEVERITY_WARN]));
    write_number(out, "critical_in_s",
                 seconds_if(raises_ms[SEVERITY_CRITICAL] >= 0, raises_ms[SEVERITY_CRITICAL]));
    write_number(out, "clears_in_s", seconds_if(why->clears_in_ms >= 0, why->clears_in_ms));
    write_number(out, "shelved_s", seconds(why->shelved_ms));
}

static void write_interval(struct text *out, const char *name, double low, double high)
{
    key(out, name);
    text_append(out, "[");
    json_write_number(out, low);
    text_append(out, ", ");
    json_write_number(out, high);
    text_append(out, "]");
}

static void write_rule(struct text *out, const struct why *why)
{
    const struct limits *limits = &why->limits;
    write_text(out, "rule", why_rule_name(why->rule));
    write_number(out, "rule_number", why->rule == WHY_RULE_BOARD ? (double)why->rule_number : (double)NAN);
    write_dims(out, "rule_where", &why->rule_where);
    write_flag(out, "rule_has_hours", why->rule_has_hours);
    write_number(out, "rules_overruled", (double)why->rules_overruled);
    write_flag(out, "judged", why->judged);
    write_interval(out, "good", limits->warn_low, limits->warn_high);
    write_interval(out, "bearable", limits->critical_low, limits->critical_high);
    write_flag(out, "of_plan", why->of_plan);
    write_flag(out, "paced", why->paced);
    write_number(out, "plan", why->plan);
    write_interval(out, "good_percent", why->percent.warn_low, why->percent.warn_high);
    write_interval(out, "bearable_percent", why->percent.critical_low, why->percent.critical_high);
    write_number(out, "hysteresis", why->hysteresis);
    write_number(out, "target", why->target);
    write_number(out, "for_s", seconds(why->for_ms));
    write_number(out, "clear_s", seconds(why->clear_ms));
}

static void write_clearing(struct text *out, const struct why *why)
{
    static const char *const NAMES[SEVERITY_COUNT] = {NULL, "clears_to_ok", "clears_to_warn"};
    for (int level = SEVERITY_CRITICAL; level > SEVERITY_OK; level--)
        if (why->clearing[level].needed)
            write_interval(out, NAMES[level], why->clearing[level].low, why->clearing[level].high);
}

void explain_write_json(struct text *out, const struct why *why)
{
    write_value(out, why);
    write_source(out, why);
    write_alert(out, why);
    write_rule(out, why);
    write_clearing(out, why);
    text_append(out, "}\n");
}
