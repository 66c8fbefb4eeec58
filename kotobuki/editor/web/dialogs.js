/** The dialogs of a case: conflicts, versions, differences, making, numbers, packets. */

/**
 * @param {{call: import("./api.js").Call, download: (output: import("./api.js").Output) => Promise<void>,
 *   go: (fragment: string) => void, say: (text: string) => void}} desk
 */
export function createDialogs({ say }) {
  const later = async (/** @type {any} */ _) => say("まだありません。");
  return {
    newCase: later,
    fromLastYear: later,
    newMeeting: later,
    newMunicipality: later,
    /** @returns {Promise<{text: string, digest: string} | null>} */
    conflict: async (/** @type {{mine: string, theirs: string, digest: string, merged: string | null}} */ _) => null,
    versions: later,
    compare: later,
    make: later,
    number: later,
    packet: later,
  };
}

/** @typedef {ReturnType<typeof createDialogs>} Dialogs */
