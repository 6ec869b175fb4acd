using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>One axis more, with 1 at the place of the element's category and 0 elsewhere; what is no category gives zeros, or an error with zeros = 0.</summary>
internal sealed class OneHotEncoder : LearningOperator
{
    public override string Name => "OneHotEncoder";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("numbers", Tensor.Create(new Shape(2, 2), [3L, 1, 7, 3])) { Attributes = Attributes.None.With("cats_int64s", (long[])[1, 3, 5]) };
            yield return new("texts", Tensor.Vector("b", "a", "z")) { Attributes = Attributes.None.With("cats_strings", (string[])["a", "b"]) };
            yield return new("floats", Tensor.Vector(1f, 5f, 2f)) { Attributes = Attributes.None.With("cats_int64s", (long[])[1, 3, 5]), GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.String, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
        int count = (x.Element == ElementType.String ? context.Attributes.Strings("cats_strings") is { IsDefault: false } texts ? texts.Length : 0
            : context.Attributes.Ints("cats_int64s") is { IsDefault: false } numbers ? numbers.Length : 0);
        return count > 0
            ? [new TensorType(ElementType.Float, x.HasRank ? x.Dimensions.Add(count) : default)]
            : throw context.Error("it has no list of categories of its input's type.");
    }

    public override Action Compile(KernelContext context)
    {
        bool allowsOthers = context.Attributes.Int("zeros", 1) != 0;
        var y = context.Scratch<double>(context.OutputShape().Length);
        var write = RealNumbers.To(context);
        int width = context.OutputShape().Extents[^1];
        Action<int, int> mark = (element, category) =>
        {
            if (category >= 0)
            {
                y[(element * width) + category] = 1;
            }
            else if (!allowsOthers)
            {
                throw context.Error("it is given a value that is none of its categories.");
            }
        };
        return context.ElementOf(0) == ElementType.String ? Texts(context, y, write, mark) : Numbers(context, y, write, mark);
    }

    private static Action Texts(KernelContext context, Execution.Buffer<double> y, RealNumbers.Writing write, Action<int, int> mark)
    {
        string[] x = context.InputStrings(0);
        var categories = context.Attributes.Strings("cats_strings");
        return () =>
        {
            y.Span.Clear();
            for (int i = 0; i < x.Length; i++)
            {
                mark(i, categories.IndexOf(x[i]));
            }

            write(y.Span);
        };
    }

    private static Action Numbers(KernelContext context, Execution.Buffer<double> y, RealNumbers.Writing write, Action<int, int> mark)
    {
        var (read, x) = (RealNumbers.Of(context, 0), context.Scratch<double>(context.InputShape(0).Length));
        double[] categories = [.. context.Attributes.Ints("cats_int64s").Select(category => (double)category)];
        return () =>
        {
            y.Span.Clear();
            read(x.Span);
            for (int i = 0; i < x.Length; i++)
            {
                mark(i, Array.IndexOf(categories, Math.Truncate(x[i])));
            }

            write(y.Span);
        };
    }
}
