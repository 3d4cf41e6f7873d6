#ifndef RENDER_SOUND_H
#define RENDER_SOUND_H

/*
 * One soft sound, two notes going down like a door bell in the next room. The device is opened when it is
 * needed and closed when the sound is over; where there is none, the log says so once and the wall goes on.
 * Main thread only.
 */

#include <stddef.h>
#include <stdint.h>

struct sound;

/* `volume_percent` 1 to 100. Opens nothing yet. */
struct sound *sound_create(int volume_percent);
void sound_destroy(struct sound *sound);

void sound_play(struct sound *sound, int64_t now_monotonic_ms);

/* Closes the device when the sound is over. */
void sound_step(struct sound *sound, int64_t now_monotonic_ms);

enum { SOUND_RATE_HZ = 22050, SOUND_LENGTH_MS = 1400 };

/* The wave itself: fills `samples`, gives how many there are of at most `room`. */
size_t sound_wave(int16_t *samples, size_t room, int volume_percent);

#endif
