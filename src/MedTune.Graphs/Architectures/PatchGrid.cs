using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>Learned positions of image patches, brought from the square grid they were learned on to another one.</summary>
internal static class PatchGrid
{
    private const string ClassToken = "cls_token";

    // The free parameter of the cubic convolution (Keys 1981); PyTorch's bicubic interpolation uses this one.
    private const double Sharpness = -0.75;

    /// <summary>Replaces the positions among the given tensors by those of the network's grid where they differ.</summary>
    /// <returns>The names that were changed.</returns>
    public static IEnumerable<string> Fit(Architecture network, SortedDictionary<string, Tensor> given)
    {
        if (network.Positions is not { } positions || !given.TryGetValue(positions.Name, out var tensor) || tensor is not Tensor<float> { Shape: { Rank: 3 } shape } source ||
            shape[0] != 1 || source.Shape == network.Graph.Initializers[positions.Name].Shape)
        {
            yield break;
        }

        int side = (int)Math.Sqrt(shape[1]);
        int tokens = shape[1] - (side * side);
        if (tokens > 1)
        {
            throw new InvalidGraphException(string.Create(CultureInfo.InvariantCulture,
                $"The weights' '{positions.Name}' has {shape[1]} rows; those of a square grid, with or without one for the class token, were expected."));
        }

        int width = shape[2];
        if (positions.Tokens < tokens)
        {
            AddToClassToken(given, source.Values[..width]);
            yield return ClassToken;
        }
        else if (positions.Tokens > tokens)
        {
            throw new InvalidGraphException($"The weights' '{positions.Name}' has no row for the class token, which the network {network.Name} needs.");
        }

        var result = new Tensor<float>(new Shape(1, positions.Tokens + (positions.Rows * positions.Columns), width));
        source.Values[..(positions.Tokens * width)].CopyTo(result.Values);
        Resample(source.Values[(tokens * width)..], side, side, result.Values[(positions.Tokens * width)..], positions.Rows, positions.Columns, width);
        given[positions.Name] = result;
        yield return positions.Name;
    }

    /// <summary>Bicubic interpolation of rows of numbers that lie on a grid, pixel centers at half places, the edge repeated outwards.</summary>
    internal static void Resample(ReadOnlySpan<float> source, int rows, int columns, Span<float> destination, int newRows, int newColumns, int width)
    {
        for (int r = 0; r < newRows; r++)
        {
            var down = Taps.At(r, newRows, rows);
            for (int c = 0; c < newColumns; c++)
            {
                var across = Taps.At(c, newColumns, columns);
                for (int i = 0; i < width; i++)
                {
                    double sum = 0;
                    for (int y = 0; y < 4; y++)
                    {
                        double line = 0;
                        for (int x = 0; x < 4; x++)
                        {
                            line += across.Weight(x) * source[(((down.Place(y) * columns) + across.Place(x)) * width) + i];
                        }

                        sum += down.Weight(y) * line;
                    }

                    destination[(((r * newColumns) + c) * width) + i] = (float)sum;
                }
            }
        }
    }

    private static void AddToClassToken(SortedDictionary<string, Tensor> given, ReadOnlySpan<float> row)
    {
        if (given.TryGetValue(ClassToken, out var tensor) && tensor is Tensor<float> token && token.Length == row.Length)
        {
            var sum = new Tensor<float>(token.Shape);
            ElementWise.Map<AddKernel>(token.Values, row, sum.Values);
            given[ClassToken] = sum;
        }
    }

    /// <summary>The four neighbours of a place and how much each counts.</summary>
    private readonly record struct Taps(int First, double Fraction, int Extent)
    {
        public static Taps At(int place, int extent, int sourceExtent)
        {
            double at = ((place + 0.5) * sourceExtent / extent) - 0.5;
            double floor = Math.Floor(at);
            return new Taps((int)floor - 1, at - floor, sourceExtent);
        }

        public int Place(int tap) => Math.Clamp(First + tap, 0, Extent - 1);

        public double Weight(int tap)
        {
            double d = Math.Abs(Fraction + 1 - tap);
            return d <= 1
                ? ((((Sharpness + 2) * d) - (Sharpness + 3)) * d * d) + 1
                : ((((((d - 5) * Sharpness) * d) + (8 * Sharpness)) * d) - (4 * Sharpness));
        }
    }
}
