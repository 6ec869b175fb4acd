using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>A reader's answers to the list of hard examples: the column <c>answer</c> of <c>hard-examples.csv</c>, or any CSV with the columns <c>picture</c> and <c>answer</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Answers">By the picture's name: a class, <c>keep</c> or <c>drop</c>; where the file has the column <c>finding</c>, by picture and finding. What has no answer is not in it.</param>
internal sealed record ImageCorrections(string Path, ImmutableSortedDictionary<string, string> Answers)
{
    public const string Picture = "picture";
    public const string Answer = "answer";
    public const string Finding = "finding";
    public const string Keep = "keep";
    public const string Drop = "drop";

    /// <summary>Stands between a picture's name and a finding.</summary>
    public const char Separator = '\u001f';

    /// <summary>Reads the file.</summary>
    /// <exception cref="DataException">It cannot be read, lacks a column, or answers a picture twice.</exception>
    public static ImageCorrections Read(string path)
    {
        var table = TableReader.Read(path, new TableReadOptions());
        var (pictures, answers, findings) = (table[Picture], table[Answer], table.Find(Finding));
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            string answer = answers[row].Trim();
            if (answer.Length == 0)
            {
                continue;
            }

            string key = pictures[row].TrimStart('\'') + (findings is null ? "" : Separator + findings[row].TrimStart('\''));
            if (!read.TryAdd(key, answer))
            {
                throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{path}: row {row + 1} answers a picture{(findings is null ? "" : " and finding")} for the second time; leave one answer for each."));
            }
        }

        return new ImageCorrections(path, read.ToImmutable());
    }

    /// <summary>The answers by number in a set: the class, or null for pictures to leave out.</summary>
    /// <exception cref="DataException">A picture or a class is not there.</exception>
    public ImmutableDictionary<int, int?> For(ImageSet set)
    {
        // A manifest may name a picture twice: then the answer holds for both.
        var places = set.Samples.Select((sample, i) => (sample.Name, Place: i)).ToLookup(pair => pair.Name, pair => pair.Place, StringComparer.Ordinal);
        var found = ImmutableDictionary.CreateBuilder<int, int?>();
        foreach (var (picture, answer) in Answers)
        {
            if (!places.Contains(picture))
            {
                throw new DataException($"{Path}: answers a picture that is not among those at hand; give the corrections that were made for these pictures.");
            }

            int own = set.Classes.IndexOf(answer);
            if (own < 0 && answer is not (Keep or Drop))
            {
                throw new DataException($"{Path}: '{answer}' is no answer; write {Keep}, {Drop} or one of the classes {string.Join(", ", set.Classes.Select(name => $"'{name}'"))}.");
            }

            if (answer != Keep || own >= 0)
            {
                found.AddRange(places[picture].Select(place => KeyValuePair.Create(place, own >= 0 ? own : (int?)null)));
            }
        }

        return found.ToImmutable();
    }
}
