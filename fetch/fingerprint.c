#include "fetch/fingerprint.h"

uint64_t fingerprint_on(uint64_t fingerprint, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        fingerprint = (fingerprint ^ (unsigned char)bytes[i]) * 1099511628211U;
    return fingerprint;
}

uint64_t fingerprint_of(const char *bytes, size_t length)
{
    return fingerprint_on(1469598103934665603U, bytes, length);
}
