using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>How likely each letter is after the few before it, by counting (with one of each added): what a model without learning knows.</summary>
/// <param name="order">Letters that are looked back at, 0 to 10.</param>
internal sealed class MarkovModel(int order)
{
    private const int Letters = 4;

    private readonly long[] _counts = new long[1 << (2 * (order + 1))];
    private int _word;
    private int _known;

    /// <summary>Counts the letters that follow; a part begins anew after <see cref="Break"/>.</summary>
    public void Add(ReadOnlySpan<long> tokens)
    {
        int mask = _counts.Length - 1;
        foreach (long token in tokens)
        {
            if (token >= Letters)
            {
                _known = 0;
                continue;
            }

            _word = ((_word << 2) | (int)token) & mask;
            _known++;
            if (_known > order)
            {
                _counts[_word]++;
            }
        }
    }

    /// <summary>What follows does not belong to what was before.</summary>
    public void Break() => _known = 0;

    /// <summary>Minus the logarithm of the chance of a letter after those before it; null where these are not all known.</summary>
    public double? LossOf(ReadOnlySpan<long> tokens, int place)
    {
        if (place < order || tokens[(place - order)..(place + 1)].ContainsAnyExceptInRange(0, Letters - 1))
        {
            return null;
        }

        int before = 0;
        foreach (long token in tokens[(place - order)..place])
        {
            before = (before << 2) | (int)token;
        }

        long all = 0;
        for (int letter = 0; letter < Letters; letter++)
        {
            all += _counts[(before << 2) | letter] + 1;
        }

        return DoubleMath.Log(all) - DoubleMath.Log(_counts[(before << 2) | (int)tokens[place]] + 1);
    }
}
