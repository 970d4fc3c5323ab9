import { describe, expect, it } from "vitest";
import { loadEstimator, ratePassword } from "./rate-password.ts";

describe("ratePassword", () => {
  it("never calls a short password good, however random", () => {
    expect(ratePassword("x7#Qw!9p", 4)).toEqual({
      score: 1,
      label: "Too short",
      advice: "2 more characters needed.",
    });
    expect(ratePassword("x7#Qw!9pz", 4).advice).toBe("1 more character needed.");
  });

  it("has advice exactly as long as the host would refuse", () => {
    expect(ratePassword("aaaaaaaaaa", 1).advice).not.toBeNull();
    expect(ratePassword("aaaaaaaaaa", 2).advice).toBeNull();
  });
});

describe("loadEstimator", () => {
  it("counts the user's own name and address as known to a guesser", async () => {
    const estimate = await loadEstimator();
    const alone = estimate("ada.lovelace.1815", []);
    const known = estimate("ada.lovelace.1815", ["ada", "lovelace", "ada.lovelace"]);
    expect(known).toBeLessThan(alone);
    expect(estimate("password123", [])).toBe(0);
    expect(estimate("correct horse battery staple", [])).toBeGreaterThanOrEqual(3);
  });
});
