using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Execution;

public sealed class PlanValueTests
{
    [Fact]
    public void Memory_OfAConstant_IsThereWhenAskedFor()
    {
        var value = new PlanValue("w", ElementType.Float, new Shape(3));
        value.PlaceWhenAsked(Tensor.Vector(1f, 2f, 3f));
        Assert.Equal([1f, 2f, 3f], value.Span<float>().ToArray());

        // What was given once stays.
        value.Settle();
        Assert.Equal([1f, 2f, 3f], value.Span<float>().ToArray());
    }

    [Fact]
    public void Memory_OfAConstantNobodyAskedFor_IsNone()
    {
        var value = new PlanValue("w", ElementType.Float, new Shape(3));
        value.PlaceWhenAsked(Tensor.Vector(1f, 2f, 3f));
        value.Settle();
        Assert.Null(value.Memory);
        Assert.Equal(0, value.Address);
    }
}
