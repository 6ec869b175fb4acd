using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>A matrix: the axes before <c>axis</c> become rows, the others columns.</summary>
internal sealed class Flatten : ViewOperator
{
    public override string Name => "Flatten";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("default", Sample.Values(1, 2, 3, 4));
            yield return new("axis 0", Sample.Values(2, 2, 3, 4)) { Attributes = Attributes.None.With("axis", 0) };
            yield return new("last axis", Sample.Values(3, 2, 3, 4)) { Attributes = Attributes.None.With("axis", -1) };
            yield return new("past the last axis", Sample.Values(3, 2, 3)) { Attributes = Attributes.None.With("axis", 2) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        if (!input.HasRank)
        {
            return [new TensorType(input.Element, [Dimension.Unknown, Dimension.Unknown])];
        }

        long listed = context.Attributes.Int("axis", 1);
        int axis = listed == input.Rank ? input.Rank : context.Axis(listed, input.Rank);
        return [new TensorType(input.Element, [Product(context, input.Dimensions.AsSpan(0, axis)), Product(context, input.Dimensions.AsSpan(axis, input.Rank - axis))])];
    }

    private static Dimension Product(ShapeContext context, ReadOnlySpan<Dimension> dimensions)
    {
        long product = 1;
        Dimension? named = null;
        foreach (var dimension in dimensions)
        {
            if (dimension.Value is int extent)
            {
                product *= extent;
                if (product > int.MaxValue)
                {
                    throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input has more than {int.MaxValue} elements."));
                }
            }
            else if (named is null)
            {
                named = dimension;
            }
            else
            {
                return Dimension.Unknown;
            }
        }

        return named is null ? (int)product : product == 1 ? named.Value : Dimension.Unknown;
    }
}
