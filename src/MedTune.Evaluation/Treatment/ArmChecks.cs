using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>What rows with treatment arms must satisfy. Messages name rows and arms by number, never a patient's value.</summary>
internal static class ArmChecks
{
    public static void Rows(double[] outcomes, int[] arms, int armCount, int[]? groups)
    {
        if (outcomes.Length == 0)
        {
            throw new InvalidPredictionsException("There is nothing to evaluate: the treatment data hold no rows.");
        }
        if (armCount < 2)
        {
            throw new InvalidPredictionsException("An effect compares at least two arms, but only one is named.");
        }
        Same("arms", arms.Length, outcomes.Length);
        Same("patients", groups?.Length ?? outcomes.Length, outcomes.Length);
        Finite("outcome", outcomes, 1);
        Arms(arms, armCount);
    }

    public static void Arms(int[] arms, int armCount)
    {
        for (int row = 0; row < arms.Length; row++)
        {
            if ((uint)arms[row] >= (uint)armCount)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"Row {row} (counted from 0) names arm {arms[row]}, but the arms are numbered 0 to {armCount - 1}."));
            }
        }
    }

    public static void Arm(int arm, int armCount)
    {
        if ((uint)arm >= (uint)armCount)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"There is no arm {arm}: the arms are numbered 0 to {armCount - 1}."));
        }
    }

    public static void Finite(string what, double[] values, int width)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"Every {what} must be a finite number, but row {i / width} (counted from 0) holds none; leave out rows without one."));
            }
        }
    }

    public static void Same(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"The treatment data have {expected} rows but {found} {what}; there must be one per row."));
        }
    }

    public static void Grid(string what, int found, int rows, int arms)
    {
        if (found != (long)rows * arms)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"{rows} rows and {arms} arms need {(long)rows * arms} {what}, but there are {found}."));
        }
    }

    public static void Received(int[] counts, ImmutableArray<string> names)
    {
        for (int arm = 0; arm < counts.Length; arm++)
        {
            if (counts[arm] == 0)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"No row received arm {arm} ({names[arm]}), so nothing can be said of its effect; leave that arm out."));
            }
        }
    }
}
