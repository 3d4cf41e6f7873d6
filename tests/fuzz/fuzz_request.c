/*
 * Any text as the URL, the body and a header of a source: its moments are filled in, or the fault is told,
 * and the line for people is a text. tests/fuzz/request.sh builds and runs it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/utf8.h"
#include "fetch/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Around the change of clocks and far from it. */
static const int64_t moments_ms[] = {1774746000000, 1792893600000, 1795256100000, 0, 4102444800000};

static void build(const char *text, int64_t now_ms)
{
    struct error error = {""};
    struct request request = {0};
    const struct header_setting header = {"X-Moment", text};
    const struct source_settings source = {.name = "fuzz",
                                           .url = text,
                                           .method = "POST",
                                           .body = text,
                                           .header_count = 1,
                                           .headers = &header,
                                           .cfg_json = "{}"};
    bool built = request_build(&request, &source, now_ms, &error);
    if (built == !!*error.text)
        abort();
    if (built && !utf8_valid(text_bytes(&request.line), request.line.length, NULL) &&
        utf8_valid(text, strlen(text), NULL))
        abort();
    request_finish(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    for (size_t i = 0; i < sizeof moments_ms / sizeof moments_ms[0]; i++)
        build(text, moments_ms[i]);
    free(text);
    return 0;
}
