using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>Which findings can be learned: those that enough independent patients have, and enough have not.</summary>
/// <param name="Names">Those, in the order of the data.</param>
/// <param name="LeftOut">What is said of the others.</param>
internal sealed record LearnableFindings(ImmutableArray<string> Names, ImmutableArray<Finding> LeftOut)
{
    // A fifth may be sealed, a fifth of the rest judged and folds made of what is left: some must be on every side.
    private const int FewestPatients = 10;

    /// <summary>Counts among the pictures that the data give to learn from.</summary>
    /// <param name="set">All pictures.</param>
    /// <param name="samples">Numbers of those that are used.</param>
    /// <param name="groups">The independent patient of each of them.</param>
    /// <exception cref="DataException">No finding can be learned.</exception>
    public static LearnableFindings Of(ImageSet set, ImmutableArray<int> samples, ImmutableArray<int> groups)
    {
        (ImageSample Sample, int Group)[] learned = [.. samples.Select(i => set.Samples[i]).Zip(groups).Where(pair => pair.First.Part is not ("val" or "test"))];
        var names = ImmutableArray.CreateBuilder<string>();
        var leftOut = ImmutableArray.CreateBuilder<Finding>();
        for (int finding = 0; finding < set.Classes.Length; finding++)
        {
            int with = Patients(learned, finding, 1), without = Patients(learned, finding, 0);
            if (Math.Min(with, without) >= FewestPatients)
            {
                names.Add(set.Classes[finding]);
                continue;
            }

            int pictures = learned.Count(pair => pair.Sample.Labels[finding] == 1);
            leftOut.Add(new Finding(
                ImageFindingCodes.RareFinding,
                FindingSeverity.Warning,
                set.Classes[finding],
                pictures,
                string.Create(CultureInfo.InvariantCulture,
                    $"{pictures} of {learned.Length} pictures to learn from have the finding '{set.Classes[finding]}' ({Counted(with)} with it, {without} without); at least {FewestPatients} independent patients of each kind are needed."),
                "It was left out; the others are learned without it."));
        }

        return names.Count > 0
            ? new LearnableFindings(names.ToImmutable(), leftOut.ToImmutable())
            : throw new DataException([
                string.Create(CultureInfo.InvariantCulture, $"None of the {set.Classes.Length} findings can be learned: each needs pictures of at least {FewestPatients} independent patients with it and as many without it. Collect more pictures."),
                .. leftOut.Select(each => each.Message)]);
    }

    private static int Patients((ImageSample Sample, int Group)[] pictures, int finding, int label) =>
        pictures.Where(pair => pair.Sample.Labels[finding] == label).Select(pair => pair.Group).Distinct().Count();

    private static string Counted(int patients) => string.Create(CultureInfo.InvariantCulture, $"{patients} independent {(patients == 1 ? "patient" : "patients")}");
}
