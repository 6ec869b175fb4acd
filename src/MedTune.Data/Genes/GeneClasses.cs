using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Orders the classes of samples: by name, the positive one last where there are two.</summary>
internal static class GeneClasses
{
    /// <summary>The classes in order; where nobody said which one is positive, how that was decided is added to the findings.</summary>
    /// <param name="labels">The label of each sample.</param>
    /// <param name="positive">The positive class, if a person said it.</param>
    /// <param name="usual">The positive class where names do not tell; null for the rarer one.</param>
    /// <param name="where">How messages name the data.</param>
    /// <param name="findings">Added to.</param>
    /// <exception cref="DataException">There are fewer than two classes, or the positive one is not among them.</exception>
    public static ImmutableArray<string> Ordered(IEnumerable<string> labels, string? positive, string? usual, string where, List<Finding> findings)
    {
        LevelCount[] classes = [.. labels.GroupBy(label => label, StringComparer.Ordinal).Select(group => new LevelCount(group.Key, double.NaN, group.Count())).OrderBy(one => one.Level, StringComparer.Ordinal)];
        if (classes.Length < 2)
        {
            throw new DataException($"{where}: has {(classes.Length == 0 ? "no labels" : "one class only")}; a model needs at least two classes to tell apart.");
        }

        if (positive is not null && !classes.Any(one => one.Level == positive))
        {
            throw new DataException($"{where}: has no class of the name given as positive; its classes are {string.Join(", ", classes.Take(10).Select(one => one.Level))}.");
        }

        if (classes.Length > 2)
        {
            return [.. classes.Select(one => one.Level)];
        }

        if (positive is null)
        {
            (int index, string why, bool isCertain) = PositiveClass.Choose(classes[0], classes[1]);
            (positive, why) = isCertain || usual is null ? (classes[index].Level, why) : (usual, "its file was named first");
            findings.Add(new Finding(GeneFindingCodes.PositiveClass, FindingSeverity.Note, null, 1, $"The positive class is {positive}: {why}.", "Name the other one with --positive if that is wrong."));
        }

        return classes[0].Level == positive ? [classes[1].Level, positive] : [classes[0].Level, positive];
    }
}
