using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>How many patients must be treated for one more (NNTB) or one fewer (NNTH, harm) good outcome.</summary>
/// <remarks>
/// The inverse of a difference of risks. Where the difference's interval holds 0, the interval of the number passes through infinity: from a benefit in <see cref="Low"/> over
/// infinity to a harm in <see cref="High"/> patients, not from one number to the other (Altman, BMJ 1998;317:1309-1312).
/// </remarks>
/// <param name="Value">Patients treated for one difference, 1 or more: a benefit where positive, a harm where negative; infinite for no difference.</param>
/// <param name="Low">The end at the larger benefit (or the smaller harm), with its sign; NaN without an interval.</param>
/// <param name="High">The end at the smaller benefit (or the larger harm), with its sign; NaN without an interval.</param>
public readonly record struct NumberNeeded(double Value, double Low, double High)
{
    /// <summary>Whether the interval passes through infinity: benefit, no difference and harm are all possible.</summary>
    public bool PassesInfinity => Low > 0 && High < 0;

    /// <summary>The number of an effect on the chance of a good outcome.</summary>
    /// <param name="effect">A difference of chances, from -1 to 1; above 0 is a benefit.</param>
    /// <exception cref="InvalidPredictionsException">The effect is undefined or beyond ±1: the outcome is not yes/no.</exception>
    public static NumberNeeded Of(Estimate effect) =>
        Math.Abs(effect.Value) <= 1
            ? new NumberNeeded(Inverse(effect.Value), Inverse(effect.High), Inverse(effect.Low))
            : throw new InvalidPredictionsException("A number needed to treat is the inverse of a difference of chances, which lies from -1 to 1; this outcome is not yes/no.");

    /// <summary>As clinicians write it: <c>NNTB 80 (41 to ∞ to NNTH 1430)</c>, rounded away from no difference.</summary>
    public override string ToString()
    {
        if (double.IsNaN(Low) || double.IsNaN(High))
        {
            return Text(Value, true);
        }
        string low = Text(Low, double.IsInfinity(Value) || Low < 0 != Value < 0);
        return PassesInfinity ? $"{Text(Value, true)} ({low} to ∞ to {Text(High, true)})" : $"{Text(Value, true)} ({low} to {Text(High, false)})";
    }

    /// <summary>No difference of either sign is an infinite number; differences beyond ±1 cannot be.</summary>
    private static double Inverse(double difference) => difference == 0 ? double.PositiveInfinity : 1 / Math.Clamp(difference, -1, 1);

    private static string Text(double number, bool named)
    {
        string size = double.IsInfinity(number) ? "∞" : Math.Ceiling(Math.Abs(number) - 1e-9).ToString("0", CultureInfo.InvariantCulture);
        return !named || double.IsInfinity(number) ? size : number < 0 ? $"NNTH {size}" : $"NNTB {size}";
    }
}
