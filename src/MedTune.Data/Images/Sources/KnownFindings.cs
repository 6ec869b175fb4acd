using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Brings a collection to the findings that somebody asks for, such as those of a finished model, and says what does not fit.</summary>
internal static class KnownFindings
{
    private const int MostNamed = 10;

    /// <summary>The collection with these findings.</summary>
    /// <exception cref="DataException">None of them is among its labels.</exception>
    public static ImageSet Of(ImageSet set, ImmutableArray<string> names)
    {
        string[] others = [.. set.Classes.Except(names, StringComparer.Ordinal)];
        string[] absent = [.. names.Except(set.Classes, StringComparer.Ordinal)];
        if (others.Length > 0 && absent.Length == names.Length)
        {
            throw new DataException($"The pictures have the labels {Named(others)}; asked for are the findings {Named(absent)}. Name them alike.");
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (others.Length > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.OtherFindings, FindingSeverity.Note, null, others.Length,
                $"The pictures also have the labels {Named(others)}, which are not asked for.", "They were passed over."));
        }

        if (absent.Length > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.AbsentFindings, FindingSeverity.Warning, null, absent.Length,
                $"No picture has the {(absent.Length == 1 ? "finding" : "findings")} {Named(absent)}.", "Taken as absent in all of them; see that it is not called otherwise here."));
        }

        return set.WithFindings(names, findings.ToImmutable());
    }

    private static string Named(string[] names) =>
        string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
