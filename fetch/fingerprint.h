#ifndef FETCH_FINGERPRINT_H
#define FETCH_FINGERPRINT_H

/* Bytes told apart by a hash (FNV-1a): enough against chance, not against malice. */

#include <stddef.h>
#include <stdint.h>

uint64_t fingerprint_of(const char *bytes, size_t length);

/* The same, of bytes that follow on others. */
uint64_t fingerprint_on(uint64_t fingerprint, const char *bytes, size_t length);

#endif
