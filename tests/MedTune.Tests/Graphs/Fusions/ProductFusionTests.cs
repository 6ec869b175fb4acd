using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Fusions;

public sealed class ProductFusionTests
{
    [Fact]
    public void Compile_SumOfTwoProducts_IsComputedOnce()
    {
        var builder = new GraphBuilder("sum");
        var x = builder.Input("x", ElementType.Float, 2, 2);
        var y = builder.Input("y", ElementType.Float, 2, 2);
        var left = builder.MatMul(x, builder.Constant(new Tensor<float>(new Shape(2, 2), [1, 2, 3, 4])));
        var right = builder.MatMul(y, builder.Constant(new Tensor<float>(new Shape(2, 2), [5, 6, 7, 8])));
        builder.Output(builder.Add(left, right), "sum");
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());
        plan.Input<float>("x")[0] = 1;
        plan.Input<float>("y")[3] = 10;
        plan.Run();

        Assert.Equal([1, 2, 70, 80], plan.Output<float>("sum").ToArray());
    }
}
