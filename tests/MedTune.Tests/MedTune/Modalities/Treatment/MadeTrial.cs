using MedTune.Modalities.Treatment;
using MedTune.Tensors;

namespace MedTune.Tests.Modalities.Treatment;

/// <summary>Made-up patients whose effects are known: three numbers and a category, of which one number decides the effect.</summary>
internal sealed record MadeTrial(TreatmentSamples Samples, double[] Effects)
{
    public int[] Rows => [.. Enumerable.Range(0, Samples.Count)];

    /// <summary>Makes patients.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="seed">Draws them.</param>
    /// <param name="strength">How much the effect rises with the first number; 0 for the same effect of 1 for everybody.</param>
    /// <param name="arms">Arms; the effect of arm k is k times that of arm 1.</param>
    /// <param name="isObservational">Whether the second number moves patients to treatment, and those above 1.2 always receive it.</param>
    public static MadeTrial Make(int rows, ulong seed, double strength = 2, int arms = 2, bool isObservational = false)
    {
        var random = new Philox(seed, RandomPurpose.Drawing, 77);
        var values = new float[rows * 4];
        var (received, outcomes, effects) = (new int[rows], new double[rows], new double[rows]);
        for (int i = 0; i < rows; i++)
        {
            ulong at = (ulong)i * 8;
            double first = random.Normal(at), second = random.Normal(at + 1), third = random.Normal(at + 2);
            int level = random.Below(3, at + 3);
            (values[4 * i], values[(4 * i) + 1], values[(4 * i) + 2], values[(4 * i) + 3]) = ((float)first, (float)second, (float)third, level);
            double draw = random.UniformDouble(at + 4);
            received[i] = isObservational
                ? second > 1.2 || draw < DoubleMath.Sigmoid(second) ? 1 : 0
                : Math.Min(arms - 1, (int)(draw * arms));
            effects[i] = 1 + (strength * first);
            outcomes[i] = (2 * second) + (0.5 * third * third) + (level == 1 ? 1 : 0) + (received[i] * effects[i]) + random.Normal(at + 5);
        }

        var samples = new TreatmentSamples(new FeatureMatrix(values, [false, false, false, true]), received, outcomes, [.. Enumerable.Range(0, rows)], arms);
        return new MadeTrial(
            isObservational ? samples : samples with { KnownPropensities = [.. Enumerable.Repeat(1.0 / arms, rows * arms)] }, effects);
    }

    /// <summary>The same patients with the names of the two arms exchanged.</summary>
    public MadeTrial Swapped() => this with { Samples = Samples with { Arms = Array.ConvertAll(Samples.Arms, arm => 1 - arm) } };

    public TreatmentTask Task(TaskPool? pool = null, params BaseKind[] bases) =>
        new(Samples, Rows, 5, pool ?? TaskPool.Sequential) { Bases = bases.Length == 0 ? [BaseKind.Smooth, BaseKind.Boosted, BaseKind.SmoothThenBoosted] : bases };
}
