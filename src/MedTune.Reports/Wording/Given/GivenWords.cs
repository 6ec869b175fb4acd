using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>The Chinese of sentences that the data, the models and the evaluation write themselves, in English.</summary>
/// <remarks>
/// Reports cannot ask them for Chinese: they know nothing of reports. A test holds the fixed words of every phrase against the
/// code that writes them, so that none can be changed there without its Chinese.
/// </remarks>
internal static class GivenWords
{
    // A list of settings is taken apart one by one; nothing written by the program is nested deeper.
    private const int Deepest = 12;

    /// <summary>All phrases; the first that fits is taken.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        .. FindingPhrases.All, .. ValueFindingPhrases.All, .. LeakPhrases.All, .. ImageFindingPhrases.All, .. GeneTablePhrases.All, .. ActionPhrases.All, .. GeneFindingPhrases.All,
        .. DataPhrases.All, .. IntervalPhrases.All, .. PicturePhrases.All, .. ModelPhrases.All, .. PartPhrases.All,
        .. TreatmentPhrases.All,
    ];

    private static readonly FrozenDictionary<string, string> Plain =
        All.Where(phrase => phrase.IsPlain).DistinctBy(phrase => phrase.English).ToFrozenDictionary(phrase => phrase.English, phrase => phrase.Chinese, StringComparer.Ordinal);

    private static readonly ImmutableArray<GivenPhrase> WithHoles = [.. All.Where(phrase => !phrase.IsPlain)];

    /// <summary>The Chinese of a text, or the text itself where none is known.</summary>
    public static string Chinese(string english) => Chinese(english, 0);

    private static string Chinese(string english, int depth)
    {
        if (Plain.TryGetValue(english, out string? plain))
        {
            return plain;
        }

        string[] list = english.Split(", ");
        if (list.Length > 1 && list.All(Plain.ContainsKey))
        {
            return string.Join("、", list.Select(word => Plain[word]));
        }

        if (depth < Deepest)
        {
            foreach (GivenPhrase phrase in WithHoles)
            {
                if (phrase.TryTranslate(english, inner => Chinese(inner, depth + 1), out string? chinese))
                {
                    return chinese;
                }
            }
        }

        return english;
    }
}
