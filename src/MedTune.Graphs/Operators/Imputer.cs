using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The value to be replaced (NaN among others) gives way to the imputed value of its column, or to the one for all columns.</summary>
internal sealed class Imputer : LearningOperator
{
    public override string Name => "Imputer";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var x = Tensor.Create(new Shape(3, 2), [1f, float.NaN, -2f, 3f, float.NaN, -2f]);
            yield return new("missing", x) { GradientInputs = [], Attributes = Attributes.None.With("imputed_value_floats", (float[])[0.5f, 7f]).With("replaced_value_float", float.NaN) };
            yield return new("a value", x) { GradientInputs = [], Attributes = Attributes.None.With("imputed_value_floats", (float[])[0.5f]).With("replaced_value_float", -2f) };
            yield return new("whole numbers", Tensor.Create(new Shape(2, 2), [1L, -1, -1, 4]))
            {
                Attributes = Attributes.None.With("imputed_value_int64s", (long[])[9, 8]).With("replaced_value_int64", -1),
            };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        Table(context);
        return [context.Input(0)];
    }

    public override Action Compile(KernelContext context)
    {
        var (_, columns) = Size(context.InputShape(0));
        var attributes = context.Attributes;
        bool isWhole = context.ElementOf(0) is ElementType.Int64 or ElementType.Int32;
        double[] imputed = isWhole
            ? [.. (attributes.Ints("imputed_value_int64s") is { IsDefaultOrEmpty: false } list ? list : [0]).Select(value => (double)value)]
            : Numbers(attributes, "imputed_value_floats", 1);
        double replaced = isWhole ? attributes.Int("replaced_value_int64", 0) : attributes.Float("replaced_value_float", 0);
        if (imputed.Length != 1 && imputed.Length != columns)
        {
            throw context.Error($"its imputed values must be one for all or one per column ({columns}).");
        }

        var (read, write, x) = (RealNumbers.Of(context, 0), RealNumbers.To(context), context.Scratch<double>(context.InputShape(0).Length));
        return () =>
        {
            read(x.Span);
            for (int i = 0; i < x.Length; i++)
            {
                bool isReplaced = x[i] == replaced || (double.IsNaN(replaced) && double.IsNaN(x[i]));
                x[i] = isReplaced ? imputed[imputed.Length == 1 ? 0 : i % columns] : x[i];
            }

            write(x.Span);
        };
    }
}
