using System.Text;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>First weights of a network as a function of (seed, name of the parameter, element): a parameter's do not depend on the others.</summary>
internal sealed class InitialWeights
{
    private readonly ulong? _seed;

    /// <summary>Weights of a seed; without one everything random is zero, for networks whose weights will be loaded.</summary>
    public InitialWeights(ulong? seed) => _seed = seed;

    /// <summary>The same value everywhere.</summary>
    public static Tensor<float> Constant(Shape shape, float value)
    {
        var values = new float[shape.Length];
        Array.Fill(values, value);
        return new Tensor<float>(shape, values);
    }

    /// <summary>Normal with variance 2 / (outputs · kernel elements), for layers before a ReLU (He et al., ICCV 2015, "fan out").</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="shape">[outputs, inputs per group, kernel...].</param>
    public Tensor<float> Kaiming(string name, Shape shape) =>
        Normal(name, shape, Math.Sqrt(2.0 / (shape[0] * (double)new Shape(shape.Extents[2..]).Length)), double.PositiveInfinity);

    /// <summary>Normal with deviation 0.02, cut at two deviations, as transformers start.</summary>
    public Tensor<float> TruncatedNormal(string name, Shape shape) => Normal(name, shape, 0.02, 2);

    /// <summary>Even between ±1 / sqrt(inputs), as PyTorch starts a linear layer.</summary>
    public Tensor<float> Uniform(string name, Shape shape, int inputs)
    {
        var tensor = new Tensor<float>(shape);
        if (Stream(name) is Philox random)
        {
            double bound = 1 / Math.Sqrt(inputs);
            for (int i = 0; i < tensor.Length; i++)
            {
                tensor.Values[i] = (float)(bound * ((2 * random.UniformDouble((ulong)i)) - 1));
            }
        }

        return tensor;
    }

    private Tensor<float> Normal(string name, Shape shape, double deviation, double cut)
    {
        var tensor = new Tensor<float>(shape);
        if (Stream(name) is Philox random)
        {
            for (int i = 0; i < tensor.Length; i++)
            {
                double drawn = random.Normal((ulong)i);
                for (ulong again = 1; Math.Abs(drawn) > cut; again++)
                {
                    drawn = random.Normal((again * (ulong)tensor.Length) + (ulong)i);
                }

                tensor.Values[i] = (float)(deviation * drawn);
            }
        }

        return tensor;
    }

    /// <summary>The random numbers of a parameter: its stream is the 64-bit FNV-1a hash of its name.</summary>
    private Philox? Stream(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (byte letter in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ letter) * 1099511628211);
        }

        return _seed is ulong seed ? new Philox(seed, RandomPurpose.Initialization, hash) : null;
    }
}
