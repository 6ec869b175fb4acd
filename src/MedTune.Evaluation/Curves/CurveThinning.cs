using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Picks points of a long curve for drawing.</summary>
internal static class CurveThinning
{
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        if (points.Length <= most)
        {
            return points;
        }
        ImmutableArray<T>.Builder picked = ImmutableArray.CreateBuilder<T>(most);
        for (int i = 0; i < most; i++)
        {
            picked.Add(points[(int)((long)i * (points.Length - 1) / (most - 1))]);
        }
        return picked.MoveToImmutable();
    }
}
