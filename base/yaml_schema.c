/* The tables as JSON Schema, for editors. */
#include "base/json.h"
#include "base/yaml.h"

/* What the kinds look like that need nothing but their name. */
static const char *const kind_schemas[YAML_KIND_COUNT] = {
    [YAML_KIND_TEXT] = "\"type\": [\"string\", \"number\"]",
    [YAML_KIND_NUMBER] = "\"type\": \"number\"",
    [YAML_KIND_INTEGER] = "\"type\": \"integer\"",
    [YAML_KIND_BOOL] = "\"type\": \"boolean\"",
    [YAML_KIND_DURATION] = "\"type\": [\"string\", \"number\"], \"pattern\": "
                           "\"^[0-9.]+ *(ms|s|min|m|h|d|j|w)?( *[0-9.]+ *(ms|s|min|m|h|d|j|w))*$\"",
    [YAML_KIND_PERCENT] = "\"type\": [\"string\", \"number\"], \"pattern\": \"^-?[0-9.]+ *%?$\"",
    [YAML_KIND_SIZE] = "\"type\": \"string\", \"pattern\": \"^[0-9]+ *[xX×] *[0-9]+$\"",
    [YAML_KIND_LIMIT] = "\"anyOf\": [{\"type\": [\"number\", \"string\"]}, {\"type\": \"array\", "
                        "\"items\": {\"type\": [\"number\", \"string\"]}, \"minItems\": 2, \"maxItems\": 2}]",
    [YAML_KIND_TEXT_MAP] = "\"type\": \"object\", \"additionalProperties\": {\"type\": [\"string\", "
                           "\"number\"]}",
    [YAML_KIND_JSON] = "",
    [YAML_KIND_ANY] = "",
};

static void write_table(struct text *out, const struct yaml_table *table);

static void write_choices(struct text *out, const char *const *choices)
{
    text_append(out, "\"enum\": [");
    for (size_t i = 0; choices[i]; i++) {
        text_append(out, i ? ", " : "");
        json_write_text(out, choices[i]);
    }
    text_append(out, "]");
}

static void write_kind(struct text *out, const struct yaml_field *field)
{
    if (field->kind == YAML_KIND_CHOICE) {
        write_choices(out, field->choices);
    } else if (field->kind == YAML_KIND_RECORD) {
        write_table(out, field->table);
    } else if (field->kind == YAML_KIND_RECORDS) {
        text_append(out, "\"type\": \"array\", \"items\": {");
        write_table(out, field->table);
        text_append(out, "}");
        if (field->most)
            text_append_format(out, ", \"maxItems\": %zu", field->most);
    } else if (field->kind == YAML_KIND_OWN) {
        text_append(out, field->schema ? field->schema : "");
    } else {
        text_append(out, kind_schemas[field->kind]);
    }
}

static void write_range(struct text *out, const struct yaml_field *field)
{
    if (field->min >= field->max || (field->kind != YAML_KIND_NUMBER && field->kind != YAML_KIND_INTEGER))
        return;
    text_append_format(out, ", \"minimum\": %.15g, \"maximum\": %.15g", field->min, field->max);
}

static void write_field(struct text *out, const struct yaml_field *field)
{
    json_write_text(out, field->key);
    text_append(out, ": {\"description\": ");
    json_write_text(out, field->help ? field->help : "");
    struct text kind = {0};
    write_kind(&kind, field);
    if (kind.length)
        text_append_format(out, ", %s", text_bytes(&kind));
    write_range(out, field);
    text_append(out, "}");
    text_finish(&kind);
}

static void write_required(struct text *out, const struct yaml_table *table)
{
    const char *separator = ", \"required\": [";
    for (size_t i = 0; i < table->count; i++) {
        if (!table->fields[i].required)
            continue;
        text_append(out, separator);
        json_write_text(out, table->fields[i].key);
        separator = ", ";
    }
    if (separator[2] != '"')
        text_append(out, "]");
}

static void write_table(struct text *out, const struct yaml_table *table)
{
    text_append(out, "\"type\": \"object\", \"additionalProperties\": false, \"properties\": {");
    for (size_t i = 0; i < table->count; i++) {
        text_append(out, i ? ",\n " : "\n ");
        write_field(out, &table->fields[i]);
    }
    text_append(out, "}");
    write_required(out, table);
}

void yaml_write_schema(struct text *out, const struct yaml_table *table, const char *title)
{
    text_append(out, "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"title\": ");
    json_write_text(out, title);
    text_append(out, ", ");
    write_table(out, table);
    text_append(out, "}\n");
}
