const RATE_HZ = 48_000;

/**
 * Something like speech, as a WAV file (PCM, 16 bit, mono): a buzz whose loudness and pitch change four
 * times a second. A browser's fake microphone only beeps for moments, and a steady tone is taken for noise.
 */
export function spokenWavFrom(seconds: number): Buffer {
  const samples = new Int16Array(seconds * RATE_HZ);
  let phase = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const at = index / RATE_HZ;
    phase += (140 + 60 * Math.sin(2 * Math.PI * 1.3 * at)) / RATE_HZ;
    const loudness = 0.15 + 0.35 * Math.abs(Math.sin(2 * Math.PI * 2 * at));
    samples[index] = Math.round(((phase % 1) * 2 - 1) * loudness * 32_767);
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE_HZ, 24);
  head.writeUInt32LE(RATE_HZ * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}
