using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Counts the groups of 1, 2, ... words or numbers that the attributes list (<c>pool_strings</c> or <c>pool_int64s</c>) in each row; between the words of a group up to
/// <c>max_skip_count</c> others are skipped, evenly. Mode TF gives the counts, IDF the group's weight where it is found, TFIDF their product.
/// </summary>
internal sealed class TfIdfVectorizer : Operator
{
    public override string Name => "TfIdfVectorizer";

    public override int SinceOpset => 9;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var numbers = Attributes.None.With("pool_int64s", (long[])[2, 3, 5, 4, 5, 6, 7, 8, 6, 7]).With("ngram_counts", (long[])[0, 4]).With("ngram_indexes", (long[])[0, 1, 2, 3, 4, 5, 6])
                .With("min_gram_length", 1).With("max_gram_length", 2).With("max_skip_count", 5).With("mode", "TF");
            var rows = Tensor.Create(new Shape(2, 6), [1L, 1, 3, 3, 3, 7, 8, 6, 7, 5, 6, 8]);
            yield return new("counts", rows) { Attributes = numbers, ConstantInputs = [] };
            yield return new("pairs without gaps, one row", Tensor.Vector(5, 6, 7, 8, 6, 7)) { Attributes = numbers.With("min_gram_length", 2).With("max_skip_count", 0), ConstantInputs = [] };
            var texts = Attributes.None.With("pool_strings", (string[])["heart", "left", "left", "lung"]).With("ngram_counts", (long[])[0, 2]).With("ngram_indexes", (long[])[2, 0, 1])
                .With("min_gram_length", 1).With("max_gram_length", 2).With("max_skip_count", 1).With("weights", (float[])[0.5f, 2f, 1.5f]);
            var words = Tensor.Create(new Shape(2, 3), ["left", "upper", "lung", "left", "heart", "left"]);
            yield return new("texts, weighted", words) { Attributes = texts.With("mode", "TFIDF") };
            yield return new("texts, weights alone", words) { Attributes = texts.With("mode", "IDF") };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Int64, ElementType.Int32, ElementType.String);
        var indexes = context.Attributes.Ints("ngram_indexes");
        if (indexes.IsDefaultOrEmpty || indexes.Any(index => index is < 0 or >= int.MaxValue) || context.Attributes.String("mode", "") is not ("TF" or "IDF" or "TFIDF"))
        {
            throw context.Error("it needs the places of its groups, ngram_indexes, and a mode TF, IDF or TFIDF.");
        }

        int width = (int)indexes.Max() + 1;
        return !x.HasRank ? [new TensorType(ElementType.Float, default)]
            : x.Rank is 1 or 2 ? [new TensorType(ElementType.Float, x.Rank == 1 ? [width] : [x.Dimensions[0], width])]
            : throw context.Error($"its input is {x}; one row or a table was expected.");
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Int64 => Compile(context, context.Attributes.Ints("pool_int64s"), Numbers<long>(context)),
        ElementType.Int32 => Compile(context, context.Attributes.Ints("pool_int64s"), Numbers<int>(context)),
        ElementType.String => Compile(context, context.Attributes.Strings("pool_strings"), i => context.InputStrings(0)[i]),
        var other => throw context.Unsupported(other),
    };

    private static Func<int, long> Numbers<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var x = context.Input<T>(0);
        return i => long.CreateTruncating(x[i]);
    }

    private static Action Compile<T>(KernelContext context, ImmutableArray<T> pool, Func<int, T> item)
        where T : IEquatable<T>
    {
        var shape = context.InputShape(0);
        int width = shape[shape.Rank - 1], columns = context.OutputShape()[shape.Rank - 1], rows = shape.Rank == 1 ? 1 : shape[0];
        var groups = Groups(context, pool);
        int most = checked((int)Math.Clamp(context.Attributes.Int("max_skip_count", 0), 0, width));
        string mode = context.Attributes.String("mode", "TF");
        var (counts, write) = (context.Scratch<double>(rows * columns), RealNumbers.To(context));
        return () =>
        {
            counts.Span.Clear();
            for (int row = 0; row < rows; row++)
            {
                foreach (var (words, place, weight) in groups)
                {
                    int found = 0;
                    for (int step = 1; step <= (words.Length == 1 ? 1 : most + 1); step++)
                    {
                        for (int first = 0; first + ((words.Length - 1) * step) < width; first++)
                        {
                            found += IsAt(words, (row * width) + first, step) ? 1 : 0;
                        }
                    }

                    counts[(row * columns) + place] += mode == "TF" ? found : mode == "IDF" ? found > 0 ? weight : 0 : found * weight;
                }
            }

            write(counts.Span);
        };

        bool IsAt(T[] words, int first, int step)
        {
            for (int i = 0; i < words.Length; i++)
            {
                if (!item(first + (i * step)).Equals(words[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The groups of the lengths that are counted, each with its column and its weight.</summary>
    private static (T[] Words, int Place, double Weight)[] Groups<T>(KernelContext context, ImmutableArray<T> pool)
    {
        var attributes = context.Attributes;
        var (starts, indexes, weights) = (attributes.Ints("ngram_counts"), attributes.Ints("ngram_indexes"), attributes.Floats("weights"));
        var groups = new List<(T[], int, double)>();
        int number = 0;
        for (int length = 1; !pool.IsDefault && !starts.IsDefault && length <= starts.Length; length++)
        {
            long end = length < starts.Length ? starts[length] : pool.Length;
            for (long at = starts[length - 1]; at >= 0 && at + length <= Math.Min(end, pool.Length); at += length, number++)
            {
                if (number < indexes.Length && length >= attributes.Int("min_gram_length", 1) && length <= attributes.Int("max_gram_length", 1))
                {
                    groups.Add(([.. pool.AsSpan((int)at, length)], (int)indexes[number], weights.IsDefaultOrEmpty || number >= weights.Length ? 1 : weights[number]));
                }
            }
        }

        return number == indexes.Length && (weights.IsDefaultOrEmpty || weights.Length == number)
            ? [.. groups]
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its lists of words hold {number} groups; {indexes.Length} were expected, each with a weight if any."));
    }
}
