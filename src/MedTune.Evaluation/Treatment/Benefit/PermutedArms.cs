using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>Treatment labels given out again at random: a placebo that cannot have an effect.</summary>
public static class PermutedArms
{
    /// <summary>
    /// The same arms in random order. Patients keep one arm for all their rows where they all have one; where a patient received several, rows are permuted. Depends on the order
    /// of the rows.
    /// </summary>
    /// <param name="arms">The arm each row received.</param>
    /// <param name="groups">The patient of each row; null when every row is another patient.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="repetition">Which of several permutations, from 0.</param>
    public static int[] Of(int[] arms, int[]? groups, ulong seed, int repetition)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentOutOfRangeException.ThrowIfNegative(repetition);
        ArmChecks.Same("patients", groups?.Length ?? arms.Length, arms.Length);
        (int[] units, int count) = ResamplingUnits.Of(groups, arms.Length);
        int[] own = new int[count];
        Array.Fill(own, -1);
        for (int row = 0; row < arms.Length; row++)
        {
            if (own[units[row]] >= 0 && own[units[row]] != arms[row])
            {
                return Of(arms, null, seed, repetition);
            }
            own[units[row]] = arms[row];
        }
        new Philox(seed, RandomPurpose.Evidence, (ulong)repetition).Shuffle(own);
        return Array.ConvertAll(units, unit => own[unit]);
    }
}
