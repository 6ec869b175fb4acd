using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Words without those in <c>stopwords</c>, in lower or upper case when <c>case_change_action</c> asks for it. The input is [words] or [1, words]; where no word
/// is left, one empty text is. Case follows the invariant culture; <c>locale</c> is not used.
/// </summary>
internal sealed class StringNormalizer : Operator
{
    public override string Name => "StringNormalizer";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var stop = Attributes.None.With("stopwords", ImmutableArray.Create("Monday"));
            OperatorCase Of(string name, Attributes attributes, Tensor words) => new(name, words) { Attributes = attributes, ConstantInputs = [0] };
            yield return Of("lower case", stop.With("case_change_action", "LOWER"), Tensor.Vector("Monday", "Tuesday", "monday"));
            yield return Of("upper case, any case left out", stop.With("case_change_action", "UPPER").With("is_case_sensitive", 0), Tensor.Create(new Shape(1, 3), ["Monday", "Tuesday", "monday"]));
            yield return Of("as they are", stop.With("is_case_sensitive", 1), Tensor.Vector("Monday", "Tuesday", "monday"));
            yield return Of("nothing left", stop.With("is_case_sensitive", 1), Tensor.Vector("Monday", "Monday"));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.String);
        if (x.HasRank && (x.Rank is < 1 or > 2 || (x.Rank == 2 && (x.Dimensions[0].Value ?? 1) != 1)))
        {
            throw context.Error($"its input is {x}; [words] or [1, words] was expected.");
        }

        Dimension count = context.Constant(0) is Tensor<string> known ? Kept(known, context.Attributes).Length : Dimension.Unknown;
        return [x.HasRank ? x with { Dimensions = x.Dimensions.SetItem(x.Rank - 1, count) } : x];
    }

    public override Action Compile(KernelContext context)
    {
        var known = context.Constant(0) as Tensor<string> ?? throw context.Error("its words depend on the data; it is evaluated when they are at hand.");
        string[] kept = Kept(known, context.Attributes);
        return () => kept.CopyTo(context.OutputStrings(), 0);
    }

    private static string[] Kept(Tensor<string> words, Attributes attributes)
    {
        bool isSensitive = attributes.Int("is_case_sensitive", 0) == 1;
        var stop = attributes.Strings("stopwords") is { IsDefault: false } list ? list : [];
        var left = words.Values.ToArray().Where(word => !stop.Contains(word, isSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase));
        string[] kept = attributes.String("case_change_action", "NONE") switch
        {
            "LOWER" => [.. left.Select(word => word.ToLowerInvariant())],
            "UPPER" => [.. left.Select(word => word.ToUpperInvariant())],
            _ => [.. left],
        };
        return kept.Length > 0 ? kept : [string.Empty];
    }
}
