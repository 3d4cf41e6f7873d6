#include "base/language.h"

#include "base/text.h"

const char *const language_names[LANGUAGE_COUNT + 1] = {[LANGUAGE_FR] = "fr", [LANGUAGE_EN] = "en"};

bool language_parse(const char *name, enum language *language)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (text_equal(language_names[i], name)) {
            *language = (enum language)i;
            return true;
        }
    return false;
}
