namespace MedTune.Graphs.Operators;

/// <summary>The nodes that standardize a value over axes, and those of the way back; what the normalization layers' gradients are made of.</summary>
internal static class Standardization
{
    /// <summary>n = (x - mean) · inverse with inverse = 1 / sqrt(variance + epsilon), mean and variance over the axes, which stay with extent 1.</summary>
    public static (Value Normalized, Value Inverse) Append(GraphBuilder build, Value x, ReadOnlySpan<long> axes, float epsilon)
    {
        var centered = build.Subtract(x, build.ReduceMean(x, axes));
        var variance = build.ReduceMean(build.Multiply(centered, centered), axes);
        var inverse = build.Reciprocal(build.Sqrt(build.Add(variance, build.Scalar(epsilon, x))));
        return (build.Multiply(centered, inverse), inverse);
    }

    /// <summary>The gradient of x from that of n: inverse · (g - mean(g) - n · mean(g · n)).</summary>
    public static Value Gradient(GraphBuilder build, Value gradient, Value normalized, Value inverse, ReadOnlySpan<long> axes)
    {
        var slope = build.Multiply(normalized, build.ReduceMean(build.Multiply(gradient, normalized), axes));
        var centered = build.Subtract(gradient, build.ReduceMean(gradient, axes));
        return build.Multiply(inverse, build.Subtract(centered, slope));
    }
}
