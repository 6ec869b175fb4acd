using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Gathers labelled sequences and what is to be said about them.</summary>
internal sealed class SequenceCollection(SequenceSetOptions options)
{
    private readonly List<(string Name, string Letters, string Label, int Row)> _sequences = [];
    private (int Sequences, long Letters) _empty, _ambiguous, _rna, _softMasked;

    public List<Finding> Findings { get; } = [];

    /// <summary>Adds a sequence whose letters a reader has checked.</summary>
    public void Add(string name, string letters, string label, long softMasked)
    {
        if (letters.Length == 0)
        {
            _empty.Sequences++;
            return;
        }

        int ambiguous = letters.AsSpan().Length - Count(letters, "ACGTU");
        int rna = Count(letters, "U");
        Tally(ref _ambiguous, ambiguous);
        Tally(ref _rna, rna);
        Tally(ref _softMasked, softMasked);
        _sequences.Add((name, rna > 0 ? letters.Replace('U', 'T') : letters, label, _sequences.Count + _empty.Sequences));
    }

    /// <summary>Adds a sequence of a table.</summary>
    /// <exception cref="DataException">It holds something else than codes of nucleotides, or is too long.</exception>
    public void AddChecked(string name, string letters, string label, string place)
    {
        Check(letters, place, options.LongestSequence);
        string upper = letters.ToUpperInvariant();
        Add(name, upper, label, ReferenceEquals(upper, letters) ? 0 : letters.Count(char.IsAsciiLetterLower));
    }

    /// <summary>Refuses what is no sequence.</summary>
    /// <exception cref="DataException">It holds something else than codes of nucleotides, or is too long.</exception>
    public static void Check(string letters, string place, int longest)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(letters);
        int strange = bytes.AsSpan().IndexOfAnyExcept(Nucleotides.AllCodes);
        if (strange >= 0)
        {
            throw new DataException($"{place} holds at letter {strange + 1} of its sequence something that is no code of a nucleotide: expected only {Nucleotides.Codes}.");
        }

        if (letters.Length > longest)
        {
            throw new DataException($"{place} has a sequence of {letters.Length} letters; at most {longest} are read: cut it into windows.");
        }
    }

    /// <summary>The set.</summary>
    /// <param name="where">How messages name it.</param>
    /// <param name="target">What the labels are called.</param>
    /// <param name="usual">The positive class where names do not tell.</param>
    public SequenceSet Build(string where, string target, string? usual)
    {
        if (_sequences.Count == 0)
        {
            throw new DataException($"{where}: holds no sequence with letters: check that it is the right file.");
        }

        var classes = GeneClasses.Ordered(_sequences.Select(one => one.Label), options.Positive, usual, where, Findings);
        int repeated = _sequences.Where(one => one.Name.Length > 0).GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Sum(group => group.Count());
        Note(GeneFindingCodes.EmptySequences, _empty.Sequences, "have no letters", "Left out.");
        Note(GeneFindingCodes.RepeatedNames, repeated, "share their name with another one", "Kept as samples of their own; sequences that are the same are reported by themselves.");
        Note(GeneFindingCodes.AmbiguousLetters, _ambiguous.Sequences, $"hold letters that stand for several bases ({_ambiguous.Letters} letters)", "Kept as they are: a model sees that the base is unknown.");
        Note(GeneFindingCodes.SoftMasked, _softMasked.Sequences, $"have letters in lower case ({_softMasked.Letters} letters; usually repeats)", "Read as upper case.");
        Note(GeneFindingCodes.Rna, _rna.Sequences, $"hold U ({_rna.Letters} letters)", "Read as T.");
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int i = 0; i < classes.Length; i++)
        {
            numbers[classes[i]] = i;
        }

        return new SequenceSet(classes, target, [.. _sequences.Select(one => new SequenceSample(one.Name, one.Letters, numbers[one.Label]) { Row = one.Row })], [.. Findings]);
    }

    private static int Count(string letters, string ofThese)
    {
        int count = 0;
        foreach (char letter in letters)
        {
            count += ofThese.Contains(letter) ? 1 : 0;
        }

        return count;
    }

    private static void Tally(ref (int Sequences, long Letters) tally, long letters) => tally = (tally.Sequences + (letters > 0 ? 1 : 0), tally.Letters + letters);

    private void Note(string code, int count, string what, string action)
    {
        if (count > 0)
        {
            Findings.Add(new Finding(code, FindingSeverity.Note, null, count, $"{count} of {_sequences.Count + _empty.Sequences} sequences {what}.", action));
        }
    }
}
