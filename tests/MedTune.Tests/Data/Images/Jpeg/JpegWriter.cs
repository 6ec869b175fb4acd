namespace MedTune.Tests.Data.Images;

/// <summary>Writes small JPEG pictures for tests: lossless, and sequential with 8 or 12 bits. Every Huffman code of a table has the same length.</summary>
internal static class JpegWriter
{
    private const int FirstCodeLength = 5;
    private const int RestCodeLength = 8;

    private static readonly int[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static readonly byte[] FirstSymbols = [.. Enumerable.Range(0, 17).Select(i => (byte)i)];
    private static readonly byte[] RestSymbols = [0x00, 0xF0, .. from run in Enumerable.Range(0, 16) from size in Enumerable.Range(1, 14) select (byte)((run << 4) | size)];

    /// <summary>A lossless picture of samples [height, width, channels].</summary>
    public static byte[] Lossless(int[] samples, int width, int height, int channels, int precision, int predictor, int restartRows = 0, int pointTransform = 0, bool isInterleaved = true)
    {
        List<byte> file = [0xFF, 0xD8];
        AddHeader(file, 0xC3, width, height, precision, [.. Enumerable.Repeat((1, 1), channels)]);
        AddHuffman(file, 0x00, FirstCodeLength, FirstSymbols);
        if (restartRows > 0)
        {
            Segment(file, 0xDD, [(byte)(restartRows * width >> 8), (byte)(restartRows * width)]);
        }

        int[][] scans = isInterleaved ? [[.. Enumerable.Range(0, channels)]] : [.. Enumerable.Range(0, channels).Select(channel => new[] { channel })];
        foreach (int[] members in scans)
        {
            Segment(file, 0xDA, [(byte)members.Length, .. members.SelectMany(member => new byte[] { (byte)(member + 1), 0 }), (byte)predictor, 0, (byte)pointTransform]);
            var bits = new BitWriter(file);
            for (int row = 0; row < height; row++)
            {
                bool isRestart = restartRows > 0 && row > 0 && row % restartRows == 0;
                if (isRestart)
                {
                    bits.Finish();
                    file.AddRange([0xFF, (byte)(0xD0 + (((row / restartRows) - 1) & 7))]);
                }

                for (int column = 0; column < width; column++)
                {
                    foreach (int member in members)
                    {
                        int Stored(int y, int x) => samples[(((y * width) + x) * channels) + member] >> pointTransform;
                        int prediction = row == 0 || isRestart ? (column == 0 ? 1 << (precision - pointTransform - 1) : Stored(row, column - 1))
                            : column == 0 ? Stored(row - 1, 0)
                            : Predict(predictor, Stored(row, column - 1), Stored(row - 1, column), Stored(row - 1, column - 1));
                        int difference = (short)(Stored(row, column) - prediction); // modulo 2^16
                        int category = Category(difference);
                        bits.Add(category, FirstCodeLength);
                        if (category < 16)
                        {
                            bits.AddDifference(difference, category);
                        }
                    }
                }
            }

            bits.Finish();
        }

        return [.. file, 0xFF, 0xD9];
    }

    /// <summary>A baseline (8 bits) or extended (12 bits) picture of samples [height, width, channels]; the first component has the given sampling, the others 1 x 1.</summary>
    public static byte[] Sequential(
        int[] samples, int width, int height, int channels, int precision, (int Across, int Down) sampling = default, int step = 1, int restart = 0, bool isInterleaved = true, int? adobe = null)
    {
        (int Across, int Down) first = sampling == default ? (1, 1) : sampling;
        (int Across, int Down)[] shares = [first, .. Enumerable.Repeat((1, 1), channels - 1)];
        List<byte> file = [0xFF, 0xD8];
        if (adobe is { } transform)
        {
            Segment(file, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)transform]);
        }

        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)step, 64)]);
        AddHeader(file, precision == 8 ? (byte)0xC0 : (byte)0xC1, width, height, precision, shares);
        AddHuffman(file, 0x00, FirstCodeLength, FirstSymbols);
        AddHuffman(file, 0x10, RestCodeLength, RestSymbols);
        if (restart > 0)
        {
            Segment(file, 0xDD, [(byte)(restart >> 8), (byte)restart]);
        }

        int[][] scans = isInterleaved ? [[.. Enumerable.Range(0, channels)]] : [.. Enumerable.Range(0, channels).Select(channel => new[] { channel })];
        foreach (int[] members in scans)
        {
            Segment(file, 0xDA, [(byte)members.Length, .. members.SelectMany(member => new byte[] { (byte)(member + 1), 0 }), 0, 63, 0]);
            var bits = new BitWriter(file);
            var predictions = new int[channels];
            bool isAlone = members.Length == 1;
            (int acrossMost, int downMost) = (first.Across, first.Down);
            (int wide, int high) = isAlone ? shares[members[0]] : (1, 1);
            int columns = isAlone ? Ceiling(Ceiling(width * wide, acrossMost), 8) : Ceiling(width, 8 * acrossMost);
            int rows = isAlone ? Ceiling(Ceiling(height * high, downMost), 8) : Ceiling(height, 8 * downMost);
            for (int unit = 0; unit < columns * rows; unit++)
            {
                if (restart > 0 && unit > 0 && unit % restart == 0)
                {
                    bits.Finish();
                    file.AddRange([0xFF, (byte)(0xD0 + (((unit / restart) - 1) & 7))]);
                    Array.Clear(predictions);
                }

                foreach (int member in members)
                {
                    (int across, int down) = isAlone ? (1, 1) : shares[member];
                    (int stepX, int stepY) = (acrossMost / shares[member].Across, downMost / shares[member].Down);
                    for (int block = 0; block < across * down; block++)
                    {
                        int left = 8 * (((unit % columns) * across) + (block % across));
                        int top = 8 * (((unit / columns) * down) + (block / across));
                        double Sample(int y, int x) => Mean(samples, width, height, channels, member, (left + x) * stepX, (top + y) * stepY, stepX, stepY);
                        AddBlock(bits, Transform(Sample, 1 << (precision - 1)), step, ref predictions[member]);
                    }
                }
            }

            bits.Finish();
        }

        return [.. file, 0xFF, 0xD9];
    }

    /// <summary>The coefficients of a block, row by row: the cosine transform of ITU-T T.81, A.3.3, in double precision.</summary>
    public static double[] Transform(Func<int, int, double> sample, double middle)
    {
        var coefficients = new double[64];
        for (int v = 0; v < 8; v++)
        {
            for (int u = 0; u < 8; u++)
            {
                double sum = 0;
                for (int y = 0; y < 8; y++)
                {
                    for (int x = 0; x < 8; x++)
                    {
                        sum += (sample(y, x) - middle) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                    }
                }

                coefficients[(8 * v) + u] = sum / 4 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1);
            }
        }

        return coefficients;
    }

    private static double Mean(int[] samples, int width, int height, int channels, int member, int left, int top, int across, int down)
    {
        double sum = 0;
        for (int y = top; y < top + down; y++)
        {
            for (int x = left; x < left + across; x++)
            {
                sum += samples[(((Math.Min(y, height - 1) * width) + Math.Min(x, width - 1)) * channels) + member];
            }
        }

        return sum / (across * down);
    }

    private static void AddBlock(BitWriter bits, double[] coefficients, int step, ref int prediction)
    {
        int[] values = [.. ZigZag.Select(place => (int)Math.Round(coefficients[place] / step))];
        int difference = values[0] - prediction;
        prediction = values[0];
        bits.Add(Category(difference), FirstCodeLength);
        bits.AddDifference(difference, Category(difference));
        int zeros = 0;
        for (int k = 1; k < 64; k++)
        {
            if (values[k] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                bits.Add(1, RestCodeLength); // sixteen zeros
            }

            int category = Category(values[k]);
            bits.Add(Array.IndexOf(RestSymbols, (byte)((zeros << 4) | category)), RestCodeLength);
            bits.AddDifference(values[k], category);
            zeros = 0;
        }

        if (zeros > 0)
        {
            bits.Add(0, RestCodeLength); // the rest is zero
        }
    }

    private static int Predict(int predictor, int left, int above, int corner) => predictor switch
    {
        1 => left,
        2 => above,
        3 => corner,
        4 => left + above - corner,
        5 => left + ((above - corner) >> 1),
        6 => above + ((left - corner) >> 1),
        _ => (left + above) >> 1,
    };

    private static int Category(int difference)
    {
        int category = 0;
        for (int size = Math.Abs(difference); size > 0; size >>= 1)
        {
            category++;
        }

        return category;
    }

    private static void AddHeader(List<byte> file, byte marker, int width, int height, int precision, (int Across, int Down)[] shares) => Segment(file, marker,
        [
            (byte)precision, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)shares.Length,
            .. shares.SelectMany((share, i) => new byte[] { (byte)(i + 1), (byte)((share.Across << 4) | share.Down), 0 }),
        ]);

    private static void AddHuffman(List<byte> file, byte place, int length, byte[] symbols) =>
        Segment(file, 0xC4, [place, .. Enumerable.Range(1, 16).Select(i => i == length ? (byte)symbols.Length : (byte)0), .. symbols]);

    private static void Segment(List<byte> file, byte marker, byte[] content) =>
        file.AddRange([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content]);

    private static int Ceiling(int size, int whole) => (size + whole - 1) / whole;

    private sealed class BitWriter(List<byte> file)
    {
        private int _buffer;
        private int _count;

        public void Add(int value, int count)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                _buffer = (_buffer << 1) | ((value >> i) & 1);
                if (++_count == 8)
                {
                    file.Add((byte)_buffer);
                    if ((byte)_buffer == 0xFF)
                    {
                        file.Add(0);
                    }

                    (_buffer, _count) = (0, 0);
                }
            }
        }

        public void AddDifference(int difference, int category) => Add(difference < 0 ? difference + (1 << category) - 1 : difference, category);

        public void Finish()
        {
            while (_count != 0)
            {
                Add(1, 1);
            }
        }
    }
}
