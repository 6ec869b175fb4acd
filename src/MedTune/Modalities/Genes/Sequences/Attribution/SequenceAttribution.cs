using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Why a model for sequences answers as it does.</summary>
internal static class SequenceAttribution
{
    private const int Letters = 4;
    private const string Stem = "/stem.conv.weight";
    private const string StemScale = "/stem.bn.weight";

    // Windows that answer at least half as strongly as the strongest one make the motif, at most so many.
    private const double LeastShare = 0.5;
    private const int MostWindows = 200;
    private const double Added = 0.25;

    /// <summary>The change of a margin for each of the other letters at each place.</summary>
    /// <param name="graph">From <c>tokens</c> [N, length] to <see cref="GeneFit.MarginsName"/>.</param>
    /// <param name="letters">Upper case, at most as long as the input.</param>
    /// <param name="margin">Which margin.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="cancellation">Asked before every batch.</param>
    public static MutagenesisMap Mutagenesis(Graph graph, string letters, int margin, TaskPool pool, CancellationToken cancellation)
    {
        var changed = new List<string> { letters };
        var places = new List<int>();
        for (int place = 0; place < letters.Length; place++)
        {
            foreach (char other in "ACGT".Where(other => other != letters[place]))
            {
                changed.Add(string.Concat(letters.AsSpan(0, place), [other], letters.AsSpan(place + 1)));
                places.Add((place * Letters) + "ACGT".IndexOf(other, StringComparison.Ordinal));
            }
        }

        int length = graph.Inputs[0].Type.Dimensions[1].Value!.Value;
        float[] margins = SequenceScorer.Score(graph, new SequenceRows(changed, length), [.. Enumerable.Range(0, changed.Count)], pool, cancellation);
        int width = margins.Length / changed.Count;
        var changes = new float[letters.Length * Letters];
        for (int i = 0; i < places.Count; i++)
        {
            changes[places[i]] = margins[((i + 1) * width) + margin] - margins[margin];
        }

        return new MutagenesisMap(letters, margin, margins[margin], [.. changes]);
    }

    /// <summary>The filters of the first layer of each network whose answers go most with the margin.</summary>
    /// <param name="graph">A graph that holds networks under the names of <see cref="DnaEnsemble"/>; no motif where it holds none.</param>
    /// <param name="tokens">Sequences to look for windows in.</param>
    /// <param name="margins">The model's margin of each.</param>
    /// <param name="count">How many motifs.</param>
    public static ImmutableArray<MotifLogo> Motifs(Graph graph, SequenceRows tokens, ReadOnlySpan<float> margins, int count)
    {
        var found = new List<MotifLogo>();
        float[] own = margins.ToArray();
        foreach (string name in graph.Initializers.Keys.Where(name => name.EndsWith(Stem, StringComparison.Ordinal)))
        {
            var filters = (Tensor<float>)graph.Initializers[name];
            var scales = (Tensor<float>)graph.Initializers[name[..^Stem.Length] + StemScale];
            int network = int.TryParse(name.AsSpan(name.AsSpan(0, name.Length - Stem.Length).LastIndexOf('/') + 1)[..^Stem.Length], out int number) ? number : 0;
            for (int filter = 0; filter < filters.Shape[0]; filter++)
            {
                int length = filters.Shape[2];

                // A normalization with a scale below 0 turns the filter round.
                float sign = scales.Values[filter] < 0 ? -1 : 1;
                float[] weights = Array.ConvertAll(filters.Values.Slice(filter * Letters * length, Letters * length).ToArray(), weight => sign * weight);
                if (Motif(network, filter, weights, length, tokens, own) is { } motif)
                {
                    found.Add(motif);
                }
            }
        }

        return [.. found.OrderByDescending(motif => Math.Abs(motif.Correlation)).ThenBy(motif => motif.Network).ThenBy(motif => motif.Filter).Take(count)];
    }

    private static MotifLogo? Motif(int network, int filter, float[] weights, int length, SequenceRows tokens, float[] margins)
    {
        var best = new float[tokens.Count];
        var windows = new List<(float Answer, int Row, int At)>();
        for (int row = 0; row < tokens.Count; row++)
        {
            var letters = tokens.Of(row);
            best[row] = float.NegativeInfinity;
            int place = 0;
            for (int at = 0; at + length <= letters.Length; at++)
            {
                float answer = 0;
                for (int i = 0; i < length; i++)
                {
                    answer += letters[at + i] < Letters ? weights[((int)letters[at + i] * length) + i] : 0;
                }

                (best[row], place) = answer > best[row] ? (answer, at) : (best[row], place);
            }

            if (best[row] > 0)
            {
                windows.Add((best[row], row, place));
            }
        }

        if (windows.Count == 0)
        {
            return null;
        }

        double least = LeastShare * windows.Max(window => window.Answer);
        var taken = windows.Where(window => window.Answer >= least).OrderByDescending(window => window.Answer).ThenBy(window => window.Row).Take(MostWindows).ToArray();
        var shares = new double[length * Letters];
        Array.Fill(shares, Added);
        foreach (var (_, row, at) in taken)
        {
            for (int i = 0; i < length; i++)
            {
                long letter = tokens.Of(row)[at + i];
                if (letter < Letters)
                {
                    shares[(i * Letters) + (int)letter]++;
                }
            }
        }

        for (int i = 0; i < length; i++)
        {
            var place = shares.AsSpan(i * Letters, Letters);
            double sum = place[0] + place[1] + place[2] + place[3];
            for (int letter = 0; letter < Letters; letter++)
            {
                place[letter] /= sum;
            }
        }

        return new MotifLogo(network, filter, taken.Length, Correlation(best, margins), [.. shares]);
    }

    /// <summary>Pearson's; 0 where one of both does not vary.</summary>
    private static double Correlation(float[] one, float[] other)
    {
        double[] both = [one.Average(value => (double)value), other.Average(value => (double)value)];
        (double product, double left, double right) = (0, 0, 0);
        for (int i = 0; i < one.Length; i++)
        {
            (double x, double y) = (one[i] - both[0], other[i] - both[1]);
            product += x * y;
            left += x * x;
            right += y * y;
        }

        double below = Math.Sqrt(left * right);
        return below > 0 && double.IsFinite(below) ? product / below : 0;
    }
}
