#include "base/language.h"

#include "base/text.h"

const char *const language_names[LANGUAGE_COUNT + 1] = {[LANGUAGE_FR] = "fr", [LANGUAGE_EN] = "en"};

bool language_parse(const char *name, enum language *language)
{
    int found = text_index(name, language_names, LANGUAGE_COUNT);
    if (found >= 0)
        *language = (enum language)found;
    return found >= 0;
}
