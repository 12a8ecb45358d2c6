const TONES_HZ = [523.25, 659.25, 783.99] as const;
const TONE_S = 0.22;
const LOUDNESS = 0.25;

/** Plays three short tones on an output device ("" is the default); resolves when they have ended. */
export async function playSpeakerTest(outputId = ""): Promise<void> {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = destination.stream;
  try {
    if (outputId && "setSinkId" in element) await element.setSinkId(outputId);
    await element.play();
    const ended = TONES_HZ.map((hertz, index) => playTone(context, destination, hertz, index * TONE_S));
    await Promise.all(ended);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function playTone(context: AudioContext, into: AudioNode, hertz: number, afterS: number): Promise<void> {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const startAt = context.currentTime + 0.05 + afterS;
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, startAt);
  gain.gain.linearRampToValueAtTime(LOUDNESS, startAt + 0.02);
  gain.gain.linearRampToValueAtTime(0, startAt + TONE_S);
  oscillator.connect(gain).connect(into);
  return new Promise((resolve) => {
    oscillator.addEventListener("ended", () => resolve());
    oscillator.start(startAt);
    oscillator.stop(startAt + TONE_S);
  });
}
