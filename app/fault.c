#include "app/fault.h"

#include <stdio.h>

static void add(struct stage_fault *fault, int line, const char *key, const char *text)
{
    if (fault->count == STAGE_FAULT_LINES) {
        fault->more++;
        return;
    }
    fault->lines[fault->count].line = line;
    snprintf(fault->lines[fault->count].key, sizeof fault->lines->key, "%s", key);
    snprintf(fault->lines[fault->count].text, sizeof fault->lines->text, "%s", text);
    fault->count++;
}

void fault_note(struct stage_fault *fault, const struct config *config, const struct error *error)
{
    *fault = (struct stage_fault){.alone = true};
    snprintf(fault->file, sizeof fault->file, "%s", config->path);
    for (size_t i = 0; i < config->problem_count; i++) {
        const struct config_problem *problem = &config->problems[i];
        if (problem->is_error)
            add(fault, problem->line, problem->key_path, problem->text);
    }
    if (fault->count == 0)
        add(fault, 0, "", error->text);
}
