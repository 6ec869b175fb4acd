using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>The columns of all inputs side by side, as Float.</summary>
internal sealed class FeatureVectorizer : LearningOperator
{
    public override string Name => "FeatureVectorizer";

    public override int MaximumInputs => int.MaxValue;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("two tables", Sample.Values(1, 3, 2), Sample.Values(2, 3, 3)) { Attributes = Attributes.None.With("inputdimensions", (long[])[2, 3]) };
            yield return new("one", Sample.Longs(-5, 5, 3, 4, 2)) { Attributes = Attributes.None.With("inputdimensions", (long[])[2]) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var first = Table(context);
        int? columns = 0;
        for (int i = 0; i < context.InputCount; i++)
        {
            var table = Table(context, i);
            columns += table.HasRank ? table.Dimensions[^1].Value : null;
        }

        return [PerRow(first, columns is int sum ? sum : Dimension.Unknown)];
    }

    public override Action Compile(KernelContext context)
    {
        int count = context.InputCount;
        var reads = new RealNumbers.Reading[count];
        var tables = new Execution.Buffer<double>[count];
        var widths = new int[count];
        var (rows, columns) = (context.OutputShape()[0], context.OutputShape()[1]);
        for (int i = 0; i < count; i++)
        {
            (int own, widths[i]) = Size(context.InputShape(i));
            reads[i] = RealNumbers.Of(context, i);
            tables[i] = own == rows ? context.Scratch<double>(own * widths[i]) : throw context.Error("its inputs differ in their number of rows.");
        }

        var (write, y) = (RealNumbers.To(context), context.Scratch<double>(rows * columns));
        return () =>
        {
            int first = 0;
            for (int i = 0; i < count; i++)
            {
                reads[i](tables[i].Span);
                for (int row = 0; row < rows; row++)
                {
                    tables[i].Span.Slice(row * widths[i], widths[i]).CopyTo(y.Span[((row * columns) + first)..]);
                }

                first += widths[i];
            }

            write(y.Span);
        };
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        Value[] inputs = [.. Enumerable.Range(0, context.InputCount).Select(context.Input)];
        if (inputs.Any(input => !input.Type.HasRank || input.Type.Rank != 2))
        {
            throw context.Error("the rank of an input is not known or not 2, so it cannot be differentiated.");
        }

        var sizes = inputs.Length == 1 ? build.Shape(inputs[0], 1, 2) : build.Concat([.. inputs.Select(input => build.Shape(input, 1, 2))], 0);
        var parts = build.Split(context.OutputGradient(), sizes, 1, inputs.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            context.Set(i, parts[i]);
        }
    }
}
