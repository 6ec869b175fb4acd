using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Texts to whole numbers and back, by two lists of equal length; what is in neither gets the default.</summary>
internal sealed class CategoryMapper : LearningOperator
{
    public override string Name => "CategoryMapper";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var lists = Attributes.None.With("cats_strings", (string[])["no", "yes"]).With("cats_int64s", (long[])[0, 4]);
            yield return new("to numbers", Tensor.Vector("yes", "no", "perhaps")) { Attributes = lists };
            yield return new("to texts", Tensor.Vector(4L, 0L, 1L)) { Attributes = lists.With("default_string", "unknown") };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.String, ElementType.Int64);
        var (texts, numbers) = (context.Attributes.Strings("cats_strings"), context.Attributes.Ints("cats_int64s"));
        return !texts.IsDefault && !numbers.IsDefault && texts.Length == numbers.Length
            ? [x with { Element = x.Element == ElementType.String ? ElementType.Int64 : ElementType.String }]
            : throw context.Error("it needs the lists cats_strings and cats_int64s, of one length.");
    }

    public override Action Compile(KernelContext context)
    {
        var (texts, numbers) = (context.Attributes.Strings("cats_strings"), context.Attributes.Ints("cats_int64s"));
        if (context.ElementOf(0) == ElementType.String)
        {
            var (x, y, otherwise) = (context.InputStrings(0), context.Output<long>(), context.Attributes.Int("default_int64", -1));
            return () =>
            {
                for (int i = 0; i < x.Length; i++)
                {
                    int place = texts.IndexOf(x[i]);
                    y[i] = place < 0 ? otherwise : numbers[place];
                }
            };
        }

        var (keys, names, missing) = (context.Input<long>(0), context.OutputStrings(), context.Attributes.String("default_string", "_Unused"));
        return () =>
        {
            for (int i = 0; i < keys.Length; i++)
            {
                int place = numbers.IndexOf(keys[i]);
                names[i] = place < 0 ? missing : texts[place];
            }
        };
    }
}
